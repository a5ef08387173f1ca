import { NOT_KNOWN } from "../../../../policy/framework/not-known.ts";
import { requiredTags } from "../../../../policy/rules/stack/required-tags.ts";
import { describeRule } from "../../describe-rule.ts";

const bucket = (properties: object) => ({
    type: "aws:s3/bucket:Bucket",
    name: "bucket",
    properties: { ...properties },
});

describeRule(requiredTags, { passes: { "no tags where none are required": [bucket({})] }, fails: {} });
describeRule(requiredTags, {
    settings: { keys: ["Owner", "Service"] },
    passes: {
        "the resource's own": [bucket({ tags: { Owner: "me", Service: "api" } })],
        "the provider's": [bucket({ tags: {}, tagsAll: { Owner: "me", Service: "api" } })],
        "what takes none": [{ type: "aws:s3/bucketPolicy:BucketPolicy", name: "policy", properties: {} }],
    },
    fails: {
        none: [[bucket({})], "tags lacks Owner, Service; accepted: Owner, Service, each with a value"],
        "one without a value": [
            [bucket({ tags: { Owner: "", Service: "api" } })],
            "tags lacks Owner; accepted: Owner, Service, each with a value",
        ],
    },
    waits: { "tags that are not known": [[bucket({ tagsAll: NOT_KNOWN })], "bucket: tagsAll"] },
});
