"""The manifest for Dask's operator, as far as it can be tried without a cluster: what the operator makes of it, and
its commands, which run here."""

import importlib.resources
from collections.abc import Iterator
from pathlib import Path

import jsonschema
import pytest
import yaml
from distributed import Client

from coursework.sandbox import keys
from tests.support.processes import dask_commands, free_port

MANIFEST = Path(__file__).resolve().parents[2] / "containers" / "kubernetes.yaml"
DEFINITION = "operator/deployment/helm/dask-kubernetes-operator/crds/daskcluster.yaml"


@pytest.fixture(scope="module")
def manifest() -> dict:
    return yaml.safe_load(MANIFEST.read_text())


@pytest.fixture(scope="module")
def schema() -> dict:
    text = importlib.resources.files("dask_kubernetes").joinpath(DEFINITION).read_text()
    versions = {v["name"]: v for v in yaml.safe_load(text)["spec"]["versions"]}
    return versions["v1"]["schema"]["openAPIV3Schema"]


def pruned(value: object, schema: dict, path: str = "") -> Iterator[str]:
    """The fields that the server of Kubernetes drops without a word, since the operator's definition has none such."""
    if isinstance(value, list):
        for number, part in enumerate(value):
            yield from pruned(part, schema.get("items", {}), f"{path}[{number}]")
    elif isinstance(value, dict):
        known, others = schema.get("properties", {}), schema.get("additionalProperties")
        if others or schema.get("x-kubernetes-preserve-unknown-fields"):
            known = dict.fromkeys(value, others if isinstance(others, dict) else {}) | known
        for name, part in value.items():
            if name in known:
                yield from pruned(part, known[name], f"{path}.{name}")
            else:
                yield f"{path}.{name}"


def test_the_operator_knows_every_field(manifest, schema):
    jsonschema.validate(manifest, schema)
    assert list(pruned(manifest["spec"], schema["properties"]["spec"])) == []


def test_a_field_that_is_dropped_is_found(manifest, schema):
    """`hostUsers`, which the sandbox of an ordinary user would need; with it, the manifest may do without root."""
    worker = manifest["spec"]["worker"]["spec"] | {"hostUsers": False}
    of_worker = schema["properties"]["spec"]["properties"]["worker"]["properties"]["spec"]
    assert list(pruned(worker, of_worker)) == [".hostUsers"]


def test_the_operator_s_pods_find_each_other(manifest):
    from dask_kubernetes.operator.controller import controller

    name, spec = manifest["metadata"]["name"], manifest["spec"]
    pods = controller.build_scheduler_deployment_spec(name, spec["scheduler"]["spec"], {}, {})
    service = controller.build_scheduler_service_spec(name, spec["scheduler"]["service"], {}, {})
    assert service["spec"]["selector"].items() <= pods["spec"]["template"]["metadata"]["labels"].items()
    ports = pods["spec"]["template"]["spec"]["containers"][0]["ports"]
    (port,) = service["spec"]["ports"]
    assert {p["name"]: p["containerPort"] for p in ports}[port["targetPort"]] == 8786
    worker = controller.build_worker_deployment_spec("group", "here", name, "1", spec["worker"]["spec"], {}, {})
    (container,) = worker["spec"]["template"]["spec"]["containers"]
    assert f"tls://{service['metadata']['name']}:{port['port']}" in container["args"]
    assert "DASK_WORKER_NAME" in {variable["name"] for variable in container["env"]}


@pytest.fixture
def running(manifest, tiny) -> Iterator[str]:
    """The address of the manifest's scheduler, with one worker, both of them as processes of this machine."""
    keys.make(tiny.root / "keys")
    tiny.settings.cluster_keys = "keys"
    port = str(free_port())
    said = {
        "coursework-scheduler:8786": f"127.0.0.1:{port}",
        "/keys": f"{tiny.root}/keys",
        "$(DASK_WORKER_NAME)": "pod-1",
    }
    commands = []
    for part in ("scheduler", "worker"):
        (container,) = manifest["spec"][part]["spec"]["containers"]
        words = [port if word == "8786" else word for word in container["args"]]
        for there, here in said.items():
            words = [word.replace(there, here) for word in words]
        commands.append(words)
    with dask_commands(commands, tiny.root):
        yield f"tls://127.0.0.1:{port}"


def test_its_commands_make_a_cluster(running, tiny):
    with Client(running, timeout="60s", security=keys.security(tiny)) as client:
        client.wait_for_workers(1, timeout=60)
        (worker,) = client.scheduler_info()["workers"].values()
    assert (worker["id"], worker["nthreads"], worker["memory_limit"]) == ("pod-1", 1, 0)
