type Statement = Readonly<Record<string, unknown>>;

export const document = (...statements: readonly Statement[]) => ({ Version: "2012-10-17", Statement: statements });

export const ACCOUNT = "123456789012";
export const OWN = { StringEquals: { "aws:SourceAccount": ACCOUNT } };

export const allow = (more: Statement = {}): Statement => ({
    Effect: "Allow",
    Action: "s3:GetObject",
    Resource: "arn:aws:s3:::models/artifacts/*",
    ...more,
});

export const trust = (more: Statement = {}): Statement => ({
    Effect: "Allow",
    Principal: { Service: "sagemaker.amazonaws.com" },
    Action: "sts:AssumeRole",
    Condition: OWN,
    ...more,
});

/** The properties of a policy, with the document as AWS takes it: as text. */
export const policy = (...statements: readonly Statement[]) => ({ policy: JSON.stringify(document(...statements)) });

export const role = (...statements: readonly Statement[]) => ({
    assumeRolePolicy: JSON.stringify(document(...statements)),
});
