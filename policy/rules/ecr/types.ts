export const REPOSITORY = "aws:ecr/repository:Repository";
