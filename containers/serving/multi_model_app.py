"""The HTTP side of a server of many models: GET /ping, and SageMaker's API to list, load, invoke and unload them."""

from typing import Any

from serving.context import Headers
from serving.errors import refusal
from serving.http_answer import Message, Receive, Send, refuse, send_json, send_whole
from serving.invocations import ClientGone, Invocations, read_body
from serving.loaded_models import LoadedModel, LoadedModels
from serving.model_requests import page_token, read_load, read_name, read_page
from serving.settings import Settings

PATHS = "/ping, /models, /models/{model_name} and /models/{model_name}/invoke"

INVOKE = "POST /models/{model_name}/invoke"


def described(model: LoadedModel) -> dict[str, Any]:
    return {"modelName": model.name, "modelUrl": str(model.folder)}


class MultiModelApp:
    """An ASGI application; see App for why it is one without a framework."""

    def __init__(self, models: LoadedModels, settings: Settings) -> None:
        self._models = models
        self._answer = Invocations(settings).answer
        self._max_request_bytes = settings.max_request_bytes

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        try:
            # The path is split before it is decoded: a name may hold a slash.
            match scope["raw_path"].split(b"/"), scope["method"]:
                case [_, b"models", name, b"invoke"], "POST":
                    await self._invoke(self._models.get(read_name(name)), scope, receive, send)
                case [_, b"ping"], "GET":
                    await send_whole(send, 503 if self._models.stuck else 200, [], b"")
                case [_, b"models"], "POST":
                    await self._load(Headers(scope["headers"]), receive, send)
                case [_, b"models"], "GET":
                    await self._list(scope["query_string"], send)
                case [_, b"models", name], "GET":
                    await send_json(send, described(self._models.get(read_name(name))))
                case [_, b"models", name], "DELETE":
                    await self._unload(read_name(name), send)
                case segments, _:
                    await self._refuse(segments, scope, send)
        except ClientGone:
            return
        except Exception as error:
            await refuse(send, error)

    async def _invoke(self, model: LoadedModel, scope: Message, receive: Receive, send: Send) -> None:
        model.invocations += 1
        try:
            await self._answer(model.model, model.thread, Headers(scope["headers"]), receive, send)
        finally:
            model.end_invocation()

    async def _load(self, headers: Headers, receive: Receive, send: Send) -> None:
        name, folder = read_load(await read_body(headers, receive, self._max_request_bytes))
        await self._models.load(name, folder)
        await send_json(send, {"modelName": name, "modelUrl": str(folder)})

    async def _unload(self, name: str, send: Send) -> None:
        await self._models.unload(name)
        await send_json(send, {"modelName": name})

    async def _list(self, query: bytes, send: Send) -> None:
        after, size = read_page(query)
        found = self._models.after(after, size + 1)
        page: dict[str, Any] = {"models": [described(model) for model in found[:size]]}
        if len(found) > size:
            page["nextPageToken"] = page_token(found[size - 1].name)
        await send_json(send, page)

    async def _refuse(self, segments: list[bytes], scope: Message, send: Send) -> None:
        """Says what is wrong with a path or its method."""
        path, method = scope["path"], scope["method"]
        match segments:
            case [_, b"invocations"]:
                await refuse(send, refusal(400, f"this server holds many models: {INVOKE} invokes one of them"))
                return
            case [_, b"ping"]:
                allowed = "GET"
            case [_, b"models"]:
                allowed = "GET, POST"
            case [_, b"models", _]:
                allowed = "GET, DELETE"
            case [_, b"models", _, b"invoke"]:
                allowed = "POST"
            case _:
                await refuse(send, refusal(404, f"{path} is not a path of this server: {PATHS} are"))
                return
        error = refusal(405, f"{path} takes {allowed.replace(', ', ' or ')}, not {method}")
        await refuse(send, error, (b"allow", allowed.encode()))
