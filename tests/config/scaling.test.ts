import { expect } from "chai";
import { endpointOf, endpointProblems as problems } from "../support/endpoint-config.ts";

const scaling = { min: 1, max: 4, target: { invocationsPerInstance: 700 } };

describe("endpoint.scaling", () => {
    it("is taken for all variants, for one, or for none of them", () => {
        const endpoint = {
            scaling: { ...scaling, scaleInCooldownSeconds: 600 },
            variants: [
                { name: "a", scaling: { min: 2, max: 3, target: { concurrentRequests: 1.5 } } },
                { name: "b", scaling: "none" },
            ],
        };
        expect(endpointOf(endpoint)).to.deep.equal(endpoint);
    });

    for (const timing of [
        { cron: "0 7 ? * MON-FRI *", timeZone: "Europe/Lisbon" },
        { cron: "15 10 ? * 6L 2027-2029" },
        { cron: "*/10 0,12 L * ? *", timeZone: "Etc/GMT+9" },
        { at: "2026-11-27T06:00:00", timeZone: "UTC" },
        { rate: "1 day" },
        { rate: "12 hours" },
    ]) {
        it(`takes an action that comes by ${JSON.stringify(timing)}`, () => {
            expect(problems({ scaling: { ...scaling, schedule: [{ name: "a", ...timing, min: 2 }] } })).to.deep.equal(
                [],
            );
        });
    }

    it("refuses an action without a time, or with two", () => {
        const schedule = [
            { name: "a", min: 1 },
            { name: "a", min: 1, rate: "1 day", at: "2026-11-27T06:00:00" },
        ];
        const accepted = "accepted: a mapping with exactly one of cron, at, rate";
        expect(problems({ scaling: { ...scaling, schedule } })).to.deep.equal([
            `scaling.schedule[0]: found a mapping with "name", "min"; ${accepted}`,
            `scaling.schedule[1]: found a mapping with "name", "min", "rate", "at"; ${accepted}`,
        ]);
    });

    it("refuses everything that cannot be, at once", () => {
        const schedule = [
            { name: "a b", cron: "0 7 * * MON-FRI *", timeZone: "Lisbon" },
            { name: "b", rate: "1 days", timeZone: "UTC" },
            { name: "c", at: "2026-11-27", timeZone: "+02:00", min: -1 },
        ];
        const found = problems({
            scaling: {
                min: -1,
                max: 0,
                target: { invocationsPerInstance: 0 },
                scaleInCooldownSeconds: 3601,
                scaleOutCooldownSeconds: 1.5,
                schedule,
                cooldown: 3,
            },
        });
        expect(found.map((problem) => problem.split(":")[0])).to.have.members([
            "scaling.min",
            "scaling.max",
            "scaling.target.invocationsPerInstance",
            "scaling.scaleInCooldownSeconds",
            "scaling.scaleOutCooldownSeconds",
            "scaling.cooldown",
            "scaling.schedule[0].name",
            "scaling.schedule[0].cron",
            "scaling.schedule[0].timeZone",
            "scaling.schedule[1].rate",
            "scaling.schedule[1].timeZone",
            "scaling.schedule[2].at",
            "scaling.schedule[2].timeZone",
            "scaling.schedule[2].min",
        ]);
        expect(found).to.include(
            'scaling.schedule[0].timeZone: found "Lisbon"; accepted: a time zone of the IANA database, such as Europe/Lisbon',
        );
    });

    it("refuses no target, and several", () => {
        const accepted =
            "accepted: a mapping with exactly one of invocationsPerInstance, concurrentRequests, backlogPerInstance";
        expect(problems({ scaling: { ...scaling, target: {} } })).to.deep.equal([
            `scaling.target: found an empty mapping; ${accepted}`,
        ]);
        const target = { invocationsPerInstance: 1, concurrentRequests: 1 };
        expect(problems({ scaling: { ...scaling, target } })[0]).to.contain(accepted);
    });

    it("refuses a word that is not none", () => {
        expect(problems({ scaling: "auto" })).to.deep.equal([
            'scaling: found "auto"; accepted: min, max, target, scaleOutCooldownSeconds, scaleInCooldownSeconds, schedule; or none',
        ]);
    });
});
