/** What a request has in one tensor. */
export interface Given {
    readonly name: string;
    readonly datatype: "FP32" | "BYTES";
    readonly shape: readonly number[];
    /** As JSON has it. */
    readonly data: readonly (number | string)[];
    /** The same as bytes: numbers in a row, texts with their length in 4 bytes before each. */
    readonly bytes: Buffer;
}

/** A request's body and type. */
export interface Body {
    readonly body: Buffer;
    readonly contentType: string;
}

/** A KServe v2 request in JSON. */
export const jsonRequest = ({ name, datatype, shape, data }: Given): Body => ({
    body: Buffer.from(JSON.stringify({ inputs: [{ name, datatype, shape, data }] })),
    contentType: "application/json",
});

/** The same request in SageMaker's binary form; the answer's tensors are binary, too. */
export function binaryRequest({ name, datatype, shape, bytes }: Given): Body {
    const header = JSON.stringify({
        inputs: [{ name, datatype, shape, parameters: { binary_data_size: bytes.length } }],
        parameters: { binary_data_output: true },
    });
    return {
        body: Buffer.concat([Buffer.from(header), bytes]),
        contentType: `application/vnd.sagemaker-triton.binary+json;json-header-size=${header.length}`,
    };
}
