import type { Rule } from "../../framework/rule.ts";
import { s3AbortUploads } from "./s3-abort-uploads.ts";
import { s3AclNotPublic } from "./s3-acl-not-public.ts";
import { s3AclsDisabled } from "./s3-acls-disabled.ts";
import { s3EncryptionKms } from "./s3-encryption-kms.ts";
import { s3Lifecycle } from "./s3-lifecycle.ts";
import { s3Logging } from "./s3-logging.ts";
import { s3ObjectEncryption } from "./s3-object-encryption.ts";
import { s3PolicyNotPublic } from "./s3-policy-not-public.ts";
import { s3PublicAccessBlock } from "./s3-public-access-block.ts";
import { s3TlsOnly } from "./s3-tls-only.ts";
import { s3Versioning } from "./s3-versioning.ts";

export const s3Rules: readonly Rule[] = [
    s3PublicAccessBlock,
    s3AclsDisabled,
    s3AclNotPublic,
    s3PolicyNotPublic,
    s3TlsOnly,
    s3EncryptionKms,
    s3ObjectEncryption,
    s3Versioning,
    s3Lifecycle,
    s3AbortUploads,
    s3Logging,
];
