import { expect } from "chai";
import { ALARM_KINDS } from "../../../plans/alarms/kinds.ts";
import { alarmProblems } from "../../../plans/alarms/problems.ts";
import { watched } from "../../support/watched-endpoints.ts";

const long = (letter: string): string => letter.repeat(60);

describe("alarmProblems", () => {
    it("has nothing against the defaults, nor against what is off", () => {
        for (const kind of ["real-time", "asynchronous", "serverless"] as const)
            expect(alarmProblems({}, watched({ kind }))).to.deep.equal([]);
        expect(alarmProblems({ gpuPercent: "none", backlogRequests: "none" }, watched())).to.deep.equal([]);
    });

    it("refuses the level of an alarm that the endpoint has nothing for, with the reason, all of them together", () => {
        const settings = { gpuPercent: 90, cacheHitPercent: 50, backlogAgeSeconds: 60 };
        expect(alarmProblems(settings, watched())).to.deep.equal([
            "alarms.gpuPercent: no variant has a known number of GPUs; leave it out",
            "alarms.cacheHitPercent: no step is multi-model; leave it out",
            "alarms.backlogAgeSeconds: only an asynchronous endpoint has a queue; leave it out",
        ]);
        expect(alarmProblems({ noTrafficMinutes: 5 }, watched({ kind: "asynchronous" }))).to.deep.equal([
            "alarms.noTrafficMinutes: SageMaker publishes nothing of it for an asynchronous endpoint; leave it out",
        ]);
    });

    it("refuses to page on an alarm that is not there", () => {
        expect(alarmProblems({ pageOn: ["latency", "backlog"], cpuPercent: "none" }, watched())).to.deep.equal([
            'alarms.pageOn: there is no alarm "backlog"; there are server-errors, latency, overhead, memory, disk, no-traffic',
        ]);
        expect(alarmProblems({ pageOn: ["latency"], latencyMilliseconds: "none" }, watched())).to.have.length(1);
    });

    it("refuses more than one alarm can go over", () => {
        const variants = Array.from("abcdefghij", (letter) => ({ name: long(letter), weight: 1, cores: 8, gpus: 1 }));
        const all = { pageOn: ALARM_KINDS.filter((kind) => !kind.startsWith("backlog")) };
        const [problem, ...others] = alarmProblems(all, watched({ name: long("e"), variants, multiModel: true }));
        expect(others).to.deep.equal([]);
        expect(problem).to.match(/^alarms\.pageOn: the rule over 91 alarms has \d+ characters; at most 10240\./);
        expect(alarmProblems({}, watched({ name: long("e"), variants, multiModel: true }))).to.deep.equal([]);
    });
});
