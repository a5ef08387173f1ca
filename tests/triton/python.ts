/** The interpreter that has the packages of tests/triton/requirements.txt. */
export function tritonInterpreter(): string {
    const interpreter = process.env["TRITON_PYTHON"];
    if (interpreter === undefined) {
        throw new Error(
            "TRITON_PYTHON is not set; it names a Python interpreter with the packages of tests/triton/requirements.txt",
        );
    }
    return interpreter;
}
