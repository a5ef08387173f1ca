declare module "asl-validator" {
    /** Checks a definition in the Amazon States Language; its package has no types of its own. */
    export default function validate(definition: object): {
        readonly isValid: boolean;
        readonly errorsText: (separator: string) => string;
    };
}
