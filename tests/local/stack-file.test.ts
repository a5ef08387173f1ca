import { expect } from "chai";
import { readStackConfig } from "../../local/stack/stack-file.ts";
import { type ProjectFolder, projectFolder } from "../support/project-folder.ts";

describe("readStackConfig", () => {
    let folder: ProjectFolder;
    beforeEach(() => {
        folder = projectFolder({ "Pulumi.yaml": "name: app\nruntime: nodejs\n" });
    });
    afterEach(() => {
        folder.remove();
    });
    const read = (content: string, environment: NodeJS.ProcessEnv = {}) => {
        folder.write("Pulumi.test.yaml", content);
        return readStackConfig(folder.path, "test", environment);
    };

    it("hands plain values as text and structured ones as JSON, as the engine does", () => {
        const { project, file, values, secrets } = read(
            "config:\n  aws:region: eu-west-1\n  app:steps:\n    - name: a\n  app:count: 3\n",
        );
        expect({ project, file, values, secrets }).to.deep.equal({
            project: "app",
            file: "Pulumi.test.yaml",
            values: { "aws:region": "eu-west-1", "app:steps": '[{"name":"a"}]', "app:count": "3" },
            secrets: [],
        });
    });

    it("reads a stack without config", () => {
        expect(read("encryptionsalt: v1:abc\n").values).to.deep.equal({});
    });

    it("puts a marked placeholder for what is encrypted, at any depth, and says which variable would set it", () => {
        const { values, secrets, placeholders } = read(
            "config:\n  app:alarmEmail:\n    secure: v1:abc\n  app:hooks:\n    - url:\n        secure: v1:def\n",
        );
        expect(values).to.deep.equal({ "app:alarmEmail": "[encrypted]", "app:hooks": '[{"url":"[encrypted]"}]' });
        expect(secrets).to.deep.equal(["app:alarmEmail", "app:hooks"]);
        expect(placeholders.map(({ path, variable }) => `${path} ${variable}`)).to.deep.equal([
            "app:alarmEmail APP_ALARM_EMAIL",
            "app:hooks[0].url APP_HOOKS_0_URL",
        ]);
    });

    it("takes what is encrypted from the environment where it is set, and keeps it a secret", () => {
        const { values, secrets, placeholders } = read("config:\n  app:alarmEmail:\n    secure: v1:abc\n", {
            APP_ALARM_EMAIL: "a@b.c",
        });
        expect({ values, secrets, placeholders }).to.deep.equal({
            values: { "app:alarmEmail": "a@b.c" },
            secrets: ["app:alarmEmail"],
            placeholders: [],
        });
    });

    it("names the stacks there are where one is missing", () => {
        folder.write("Pulumi.prod.yaml", "config: {}");
        expect(() => readStackConfig(folder.path, "staging", {})).to.throw(
            "there is no Pulumi.staging.yaml; stacks here: prod",
        );
    });

    for (const [what, content, message] of [
        ["is no YAML", "config:\n  app:steps: [\n", /Pulumi\.test\.yaml has .*line \d+, column \d+/s],
        ["is a list", "- config\n", /it is not a mapping of keys/],
        ["has config that is a list", "config:\n  - a\n", /config: it is not a mapping of keys/],
    ] as const) {
        it(`says what is wrong with a file that ${what}`, () => {
            expect(() => read(content)).to.throw(message);
        });
    }
});
