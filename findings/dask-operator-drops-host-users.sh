#!/usr/bin/env bash
# A pod of Dask's operator for Kubernetes cannot have user namespaces of its own: its definition has no hostUsers
#
# Versions: dask-kubernetes 2026.3.0, kubernetes (its Python client) 36.0.2.
# Expected: what a DaskCluster says of its pods is a PodSpec. So `hostUsers: false` gives workers user namespaces, as it
#     does in any other pod.
# Seen: the operator's definitions know neither hostUsers nor a container's appArmorProfile, and nothing in them lets
#     unknown fields through. The server then leaves out such a field without an error ("pruning"), and the pods begin
#     without it. Fields that are older than these are there, procMount too, whose `Unmasked` needs hostUsers.
# Why it matters: a worker that makes sandboxes as an ordinary user needs both. Ours are made by root
#     with two capabilities (containers/kubernetes.yaml; tests/sandbox/test_kubernetes.py looks for dropped fields).
# Source: dask_kubernetes/operator/deployment/helm/dask-kubernetes-operator/crds in the package; "Field pruning" in the
#     pages of Kubernetes on structural schemas.
set -euo pipefail
. "$(dirname "$0")/environment"
environment dask-kubernetes==2026.3.0 kubernetes==36.0.2

cat >fields.py <<'PY'
import importlib.resources

import yaml
from kubernetes.client import V1PodSpec, V1SecurityContext

crds = importlib.resources.files("dask_kubernetes") / "operator/deployment/helm/dask-kubernetes-operator/crds"


def schema(kind, *path):
    (version,) = yaml.safe_load((crds / f"{kind}.yaml").read_text())["spec"]["versions"]
    node = version["schema"]["openAPIV3Schema"]
    lets_through = [node.get("x-kubernetes-preserve-unknown-fields", False)]
    for name in path:
        node = node["items"] if name == "[]" else node["properties"][name]
        lets_through.append(node.get("x-kubernetes-preserve-unknown-fields", False))
    return node["properties"], any(lets_through)


for kind, path in (("daskcluster", ("spec", "worker", "spec")), ("daskworkergroup", ("spec", "worker", "spec"))):
    pod, through = schema(kind, *path)
    own, deep = schema(kind, *path, "containers", "[]", "securityContext")
    print(f"{kind}: hostUsers {'hostUsers' in pod}, hostNetwork {'hostNetwork' in pod},", end=" ")
    print(f"appArmorProfile {'appArmorProfile' in own}, procMount {'procMount' in own}, others kept {through or deep}")
names = V1PodSpec.attribute_map.values(), V1SecurityContext.attribute_map.values()
print(f"Kubernetes: hostUsers {'hostUsers' in names[0]}, appArmorProfile {'appArmorProfile' in names[1]}")
PY
python fields.py >output
seen <<'SEEN'
daskcluster: hostUsers False, hostNetwork True, appArmorProfile False, procMount True, others kept False
daskworkergroup: hostUsers False, hostNetwork True, appArmorProfile False, procMount True, others kept False
Kubernetes: hostUsers True, appArmorProfile True
SEEN
