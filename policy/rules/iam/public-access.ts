import { each } from "../../framework/each.ts";
import type { Resource } from "../../framework/resource.ts";
import type { Result } from "../../framework/result.ts";
import { isLimitedBy } from "./conditions.ts";
import { allowing, resourcePlaces } from "./documents.ts";
import { isForAll } from "./principals.ts";

/** Keys of conditions that tell one's own from everybody. */
const TELLING = [
    "aws:principalaccount",
    "aws:principalarn",
    "aws:principalorgid",
    "aws:principalorgpaths",
    "aws:sourceaccount",
    "aws:sourcearn",
    "aws:sourceorgid",
    "aws:sourceorgpaths",
    "aws:sourceowner",
    "aws:sourcevpc",
    "aws:sourcevpce",
    "kms:calleraccount",
];

/** The statements of a resource's policy that let everybody in. */
export const publicProblems = (resource: Resource): Result[] =>
    each(resourcePlaces(resource).flatMap(allowing), (statement) =>
        isForAll(statement) && !isLimitedBy(statement, TELLING)
            ? [
                  statement.problem(
                      "Principal",
                      "is * and no condition says whose; accepted: named principals, or a condition on aws:PrincipalOrgID, " +
                          "aws:SourceAccount or another key that tells one's own from everybody",
                  ),
              ]
            : [],
    );
