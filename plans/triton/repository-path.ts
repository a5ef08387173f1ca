/** What is wrong with the path of a file that must lie below a model's folder. */
export const repositoryPathProblems = (path: string): string[] =>
    path.split("/").some((part) => part === "" || part === "." || part === "..")
        ? [`found "${path}"; accepted: a path below the model's folder, without . and ..`]
        : [];
