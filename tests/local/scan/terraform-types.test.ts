import { readdirSync, readFileSync } from "node:fs";
import { expect } from "chai";
import { TERRAFORM_TYPES } from "../../../local/scan/terraform-types.ts";

/** `s3.BucketPolicy` → `aws:s3/bucketPolicy:BucketPolicy` */
function typeToken(constructed: string): string {
    const [module = "", name = ""] = constructed.split(".");
    return `aws:${module}/${name.charAt(0).toLowerCase()}${name.slice(1)}:${name}`;
}

const constructed = ["components", "patterns"].flatMap((folder) =>
    readdirSync(folder)
        .map((file) => readFileSync(`${folder}/${file}`, "utf8"))
        .flatMap((text) => [...text.matchAll(/\bnew aws\.([\w.]+)\(/g)].map(([, name = ""]) => typeToken(name))),
);

describe("the types that are scanned", () => {
    it("are all that the program can register of AWS, whether or not a stack of this repository has them", () => {
        expect(constructed.length).to.be.greaterThan(50);
        expect([...new Set(constructed)].filter((type) => TERRAFORM_TYPES[type] === undefined)).to.deep.equal([]);
    });

    it("are registered somewhere", () => {
        const unused = Object.keys(TERRAFORM_TYPES).filter((type) => !constructed.includes(type));
        expect(unused).to.deep.equal(["awsx:ec2:Vpc"]); // imported where it is needed
    });
});
