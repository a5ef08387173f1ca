import { expect } from "chai";
import { rules } from "../../policy/rules/index.ts";
import { Graph } from "./mutations/graph.ts";
import { type Hand, HANDS } from "./mutations/hands.ts";
import { automatic, mutated, textOf } from "./mutations/mutate.ts";
import { ownersOf } from "./mutations/owned.ts";
import { PROD_CONFIG, prodResources } from "./mutations/prod.ts";
import { SMALL } from "./mutations/small-graphs.ts";

/** What rules said of a mutation, where that is not what they were to say. */
type Wrong = Readonly<Record<string, { readonly said: readonly string[]; readonly wanted: readonly string[] }>>;

const isAws = (type: string): boolean => type.startsWith("aws:");

describe("a stack of production in which one property is broken", () => {
    const hit = new Map<string, number>();
    let wrong: Wrong = {};
    let tried = 0;
    let owned = 0;

    function hold(what: string, said: readonly string[], wanted: readonly string[]): void {
        tried += 1;
        if (wanted.length > 0) owned += 1;
        for (const rule of said) hit.set(rule, (hit.get(rule) ?? 0) + 1);
        if (said.join() !== [...wanted].sort().join()) wrong = { ...wrong, [what]: { said, wanted } };
    }

    /** Every resource gone, every property deleted, every boolean flipped, every number out of range. */
    function holdAll(graph: Graph): void {
        for (const [index, resource] of graph.resources.entries()) {
            if (!isAws(resource.type)) continue;
            const place = `${resource.type} ${resource.name}`;
            hold(`${place}: REMOVED`, graph.owners(index, []), ownersOf(resource, "REMOVED"));
            for (const mutation of automatic(resource.inputs)) {
                const what = `${textOf(mutation.path)} ${mutation.kind}`;
                hold(`${place}: ${what}`, graph.owners(index, [mutated(resource, mutation)]), ownersOf(resource, what));
            }
        }
    }

    function holdHand(
        graph: Graph,
        { rule, type, name, path, to, isInputAlone = false, isUnprotected = false }: Hand,
    ): void {
        const index = graph.resources.findIndex(
            (one) => one.type === type && (name === undefined || one.name === name),
        );
        const resource = graph.resources[index];
        if (resource === undefined) throw new Error(`${rule}: no ${type} ${name ?? ""} in the graph`);
        const broken = mutated(resource, {
            path,
            kind: "set",
            to: typeof to === "function" ? (to as () => unknown) : () => to,
        });
        const instead = {
            ...broken,
            ...(isInputAlone && { outputs: resource.outputs }),
            ...(isUnprotected && { ...resource, isProtected: false }),
        };
        hold(`${rule}: ${type} ${textOf(path)}`, graph.owners(index, [instead]), [rule]);
    }

    beforeEach(() => {
        wrong = {};
    });
    let prod: Graph;
    const small = SMALL.map(({ resources, config, ...graph }) => ({
        ...graph,
        graph: new Graph(resources, rules, config),
    }));
    before(async () => {
        prod = new Graph(await prodResources(), rules, PROD_CONFIG);
    });

    it("is clean while it is whole", () => {
        for (const graph of [prod, ...small.map((one) => one.graph)]) {
            const told = graph
                .review()
                .flatMap(({ rule, violations, waiting }) => [
                    ...violations.map(({ message }) => `${rule.id}: ${message}`),
                    ...waiting.map(({ path }) => `${rule.id} waits for ${path}`),
                ]);
            expect(told).to.deep.equal([]);
        }
    });

    it("is told by the rule that owns the property, and by no other, wherever it is broken", () => {
        holdAll(prod);
        for (const { graph } of small) holdAll(graph);
        expect(wrong).to.deep.equal({});
        expect(owned).to.be.at.least(400);
    });

    it("is told by the rule that owns the property where its value is a bad one", () => {
        for (const hand of HANDS) holdHand(prod, hand);
        for (const { graph, hands } of small) for (const hand of hands) holdHand(graph, hand);
        expect(wrong).to.deep.equal({});
    });

    it("leaves no rule of the pack untried", function () {
        const silent = rules.map(({ id }) => id).filter((id) => !hit.has(id));
        expect(silent).to.deep.equal([]);
        const test = this.test;
        if (test !== undefined)
            test.title += ` (${rules.length} rules by ${tried} mutations, of which ${owned} break a control)`;
    });
});
