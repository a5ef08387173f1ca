"""Runs Checkov over Terraform plans, one after another in one process: to import it takes longer than to scan.

Each plan is a run of its own, since stacks have resources of the same address, which one run would take for one resource.
"""

import json
import sys

from checkov.runner_filter import RunnerFilter
from checkov.terraform.plan_runner import Runner


def scan(file):
    report = Runner().run(files=[file], runner_filter=RunnerFilter(framework=["terraform_plan"]))
    if report.parsing_errors:
        raise SystemExit(f"Checkov cannot read {file}")
    return {
        "resources": len(report.resources),
        "passed": [[record.check_id, record.resource] for record in report.passed_checks],
        "failed": [[record.check_id, record.resource, record.check_name] for record in report.failed_checks],
    }


json.dump([scan(file) for file in sys.argv[1:]], sys.stdout)
