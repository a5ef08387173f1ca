export const KEY = "aws:kms/key:Key";
