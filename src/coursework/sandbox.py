"""SHIM until the owner's file arrives: overwrite me."""

from contextlib import contextmanager

from jupyter_client.provisioning import LocalProvisioner


class SandboxProvisioner(LocalProvisioner):
    async def pre_launch(self, **kw):
        kw = await super().pre_launch(**kw)
        kw["env"]["COURSEWORK_GRADER"] = "1"
        return kw


def require_sandbox():
    pass


@contextmanager
def settings(**kw):
    yield


def in_force(s):
    return "shim"
