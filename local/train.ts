import { command, report } from "./command.ts";
import { createProgress } from "./progress.ts";
import { prepareStack, root } from "./project.ts";

interface TrainOptions {
    readonly stack: string;
    readonly force?: boolean;
}

async function train({ stack, force }: TrainOptions): Promise<void> {
    process.chdir(root);
    const progress = createProgress();
    await prepareStack(stack, progress, force);
    progress.note(`the artifacts of stack ${stack} are there`);
}

await command("train", "Trains the sample models of a stack whose artifacts are missing.")
    .option("--force", "train again what is there")
    .action(train)
    .parseAsync()
    .catch(report);
