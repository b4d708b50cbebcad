"""The warm process: it has everything imported that a kernel needs, and forks one for each submission.

This file runs inside of bubblewrap as a script of its own (`warm.py` starts it), so it imports nothing of this package;
beside it is `plain_first.py`.
It holds no student's data and runs no student's code: a request names a folder, a uid and limits. Each fork gets
namespaces of its own, its own scratch folders, its own uid or user namespace, no capability, and none of the warm
process's descriptors, before anything of a student is run.

    warm process ── fork ──> helper: new namespaces; tells the host the first process, and ends
                               └─ fork ──> first process: mounts, limits, no rights; then only reaps
                                             └─ fork ──> the kernel
"""

import contextlib
import ctypes
import fcntl
import gc
import importlib
import json
import os
import random
import resource
import signal
import socket
import struct
import sys
import traceback
from typing import Any

HOME = "/home/student"
PLACES = "/run/warm"  # a folder for each submission: `sockets`, `submission`, `passwd`
SOCKETS = "/run/sandbox"  # where a kernel finds its own `sockets`
CODE = f"{SOCKETS}/code.py"  # what runs where it is not a kernel; this process never reads it
FONTS = "/run/fonts"

MS_RDONLY, MS_NOSUID, MS_NODEV, MS_NOEXEC, MS_REMOUNT, MS_BIND, MS_REC = 1, 2, 4, 8, 32, 4096, 16384
MS_PRIVATE = 1 << 18
SPACES = (
    0x00020000 | 0x02000000 | 0x04000000 | 0x08000000 | 0x20000000 | 0x40000000
)  # mount, cgroup, uts, ipc, pid, net
NEW_USER = 0x10000000
PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_CAPBSET_DROP, PR_SET_NO_NEW_PRIVS, PR_CAP_AMBIENT = 1, 4, 24, 38, 47
KEYCTL = {"x86_64": 250, "aarch64": 219}
CAPABILITY_VERSION = 0x20080522
# The first process of a namespace adopts what others leave behind, and when it ends, all end. As a small program of
# its own it holds none of the warm process's memory.
REAPER = (
    "import os, sys\n"
    "while True:\n"
    "    pid, status = os.wait()\n"
    "    if pid == int(sys.argv[1]):\n"
    "        os._exit(os.waitstatus_to_exitcode(status) & 255)\n"
)
libc = ctypes.CDLL(None, use_errno=True)


def call(name: str, *args: Any) -> None:
    """A function of the C library; raises OSError, naming it, when it fails."""
    if getattr(libc, name)(*args) != 0:
        code = ctypes.get_errno()
        raise OSError(code, f"{name}{args}: {os.strerror(code)}")


def mount(source: str, target: str, kind: str | None = None, flags: int = 0, options: str = "") -> None:
    call("mount", source.encode(), target.encode(), kind and kind.encode(), ctypes.c_ulong(flags), options.encode())


def bind(source: str, target: str, read_only: bool = True) -> None:
    mount(source, target, flags=MS_BIND)
    if read_only:
        mount("none", target, flags=MS_REMOUNT | MS_BIND | MS_RDONLY | MS_NOSUID | MS_NODEV)


def memory(target: str, size: int, mode: str) -> None:
    """A file system in memory."""
    mount("tmpfs", target, "tmpfs", MS_NOSUID | MS_NODEV, f"size={size},mode={mode}")


def hide(target: str) -> None:
    mount("tmpfs", target, "tmpfs", MS_NOSUID | MS_NODEV | MS_RDONLY, "size=4096,mode=555")


def new_user(inside: int) -> None:
    """A user namespace of one's own, in which one is `inside`."""
    uid, gid = os.geteuid(), os.getegid()
    call("unshare", NEW_USER)
    lines = {"setgroups": "deny", "uid_map": f"{inside} {uid} 1", "gid_map": f"{inside} {gid} 1"}
    for name, line in lines.items():
        with open(f"/proc/self/{name}", "w") as file:
            file.write(line)


def furnish(request: dict[str, Any]) -> None:
    """The mounts of one submission, over those of the warm process, which are read-only."""
    own = f"{PLACES}/{request['place']}"
    mount("none", "/", flags=MS_REC | MS_PRIVATE)
    mount("proc", "/proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC)
    if os.geteuid() == 0 and not request["user"]:
        for name in ("sys", "sysrq-trigger", "irq", "bus"):
            if os.path.exists(f"/proc/{name}"):
                bind(f"/proc/{name}", f"/proc/{name}")
    mount("devpts", "/dev/pts", "devpts", MS_NOSUID | MS_NOEXEC, "newinstance,ptmxmode=0666,mode=620")
    for place, size in request["scratch"].items():
        memory(place, size, "0777" if place == HOME else "1777")
    for name in ("out", ".mpl"):
        os.mkdir(f"{HOME}/{name}")
        os.chmod(f"{HOME}/{name}", 0o777)
    for name in os.listdir(FONTS):
        open(f"{HOME}/.mpl/{name}", "w").close()
        bind(f"{FONTS}/{name}", f"{HOME}/.mpl/{name}")
    if os.path.isdir(f"{own}/handin"):
        os.mkdir(f"{HOME}/handin")
        bind(f"{own}/handin", f"{HOME}/handin")
    if not request["data"]:
        hide("/data")
    bind(f"{own}/passwd", "/etc/passwd")
    bind(f"{own}/sockets", SOCKETS, read_only=False)
    hide(FONTS)
    hide(PLACES)  # last: nothing of another submission can be reached


def network() -> None:
    """Only the loopback of the new network namespace."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        fcntl.ioctl(probe, 0x8914, struct.pack("16sh14x", b"lo", 1))  # SIOCSIFFLAGS, IFF_UP


def renounce(request: dict[str, Any]) -> None:
    """Limits, no way to more rights, no capability, another user."""
    for name, most in request["rlimits"].items():
        resource.setrlimit(getattr(resource, name), (most, most))
    if number := KEYCTL.get(os.uname().machine):  # a keyring of one's own, or that of the warm process would be shared
        libc.syscall(number, 1, None)
    call("prctl", PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    if request["user"]:
        new_user(request["uid"])
    libc.prctl(PR_CAP_AMBIENT, 4, 0, 0, 0)
    for capability in range(64):
        if libc.prctl(PR_CAPBSET_DROP, capability, 0, 0, 0) != 0:
            break
    if not request["user"]:
        os.setgroups([])
        os.setresgid(*[request["uid"]] * 3)
        os.setresuid(*[request["uid"]] * 3)
    header, none = struct.pack("Ii", CAPABILITY_VERSION, 0), bytes(24)
    call("capset", header, none)
    call("prctl", PR_SET_DUMPABLE, 1, 0, 0, 0)  # as after every exec: the process may read its own /proc


def launch(request: dict[str, Any], descriptors: list[int], control: socket.socket) -> None:
    """In a fork of the warm process: build the walls, start the kernel behind them, tell the host, and end."""
    ready, done = os.pipe()
    if request["user"]:
        new_user(0)
    call("unshare", SPACES)
    first = os.fork()
    if first:
        os.close(done)
        handle = os.pidfd_open(first)
        said = os.read(ready, 4000)
        if said == b"ready":
            socket.send_fds(control, [b"{}"], [handle])
        else:
            control.send(json.dumps({"error": said.decode(errors="replace") or "the first process died"}).encode())
        os._exit(0)
    try:
        os.setsid()
        furnish(request)
        network()
        renounce(request)
        os.chdir(HOME)
        empty = os.open("/dev/null", os.O_RDWR)
        output = descriptors[0] if descriptors else empty
        for number, source in enumerate((empty, output, output)):
            os.dup2(source, number)
        kernel = os.fork()
    except BaseException as error:
        os.write(done, repr(error).encode()[:4000])
        os._exit(1)
    if kernel == 0:
        os.closerange(3, resource.getrlimit(resource.RLIMIT_NOFILE)[0])
        call("prctl", PR_SET_DUMPABLE, 1, 0, 0, 0)
        begin(request)
    os.dup2(empty, 1)
    os.dup2(empty, 2)
    os.write(done, b"ready")
    os.closerange(3, resource.getrlimit(resource.RLIMIT_NOFILE)[0])
    os.execv(sys.executable, [sys.executable, "-I", "-S", "-c", REAPER, str(kernel)])


def begin(request: dict[str, Any]) -> None:
    """The fork's own life: as a process that was started just now, it shares no random state and no environment."""
    code = 1
    try:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        os.environ.clear()
        os.environ.update(request["environment"])
        fresh()
        code = run_kernel(request["argv"]) if request["argv"] else run_text()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:
        traceback.print_exc()
    finally:
        for stream in (sys.stdout, sys.stderr):
            with contextlib.suppress(OSError, ValueError):
                stream.flush()
        os._exit(code)


def fresh() -> None:
    """Draw anew what a process draws when it starts."""
    random.seed()
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed()
    if "torch" in sys.modules:
        sys.modules["torch"].default_generator.seed()
    tempfile = sys.modules.get("tempfile")
    if tempfile is not None:
        tempfile.tempdir, tempfile._name_sequence = None, None  # type: ignore[attr-defined]


def run_text() -> int:
    """The program in `CODE`."""
    sys.argv = [CODE]
    with open(CODE, encoding="utf-8") as file:
        text = file.read()
    exec(compile(text, CODE, "exec"), {"__name__": "__main__", "__builtins__": __builtins__})
    return 0


def run_kernel(arguments: list[str]) -> int:
    from ipykernel.kernelapp import IPKernelApp

    sys.argv = ["ipykernel_launcher", *arguments]
    app: Any = IPKernelApp.instance(kernel_class=sys.modules["plain_first"].Kernel)
    app.initialize(arguments)
    app.start()
    return 0


def warm_up(modules: list[str]) -> None:
    """Import what a kernel and a set-up cell import; what is not installed here, or fails, is left out."""
    gc.disable()  # it would look through all that is imported, again and again, for what nobody needs any more
    for name in ("plain_first", *modules):  # beside this file
        try:
            importlib.import_module(name)
        except Exception:
            continue
    for place in ("", "/run"):
        if place in sys.path:
            sys.path.remove(place)
    gc.collect()
    gc.freeze()  # the collector of a fork would otherwise write to all that it shares with this process
    gc.enable()


def own_state() -> dict[str, Any]:
    """Threads, and what every fork has from the start: bytes that RLIMIT_DATA counts, those in memory, mounts."""
    with open("/proc/self/status") as file:
        lines = dict(line.split(":", 1) for line in file.read().splitlines() if ":" in line)
    data, held = (int(lines[name].split()[0]) * 1024 for name in ("VmData", "RssAnon"))
    with open("/proc/self/mountinfo") as file:
        mounts = sorted({line.split()[2] for line in file if " - tmpfs " in line})
    return {"threads": int(lines["Threads"]), "data": data, "held": held, "mounts": mounts}


def serve() -> None:
    """Answer the host's requests on standard input until it hangs up."""
    call("prctl", PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the host, which ends this process
    control = socket.socket(fileno=os.dup(0))
    order = json.loads(control.recv(1 << 20))
    warm_up(order["modules"])
    control.send(json.dumps(own_state()).encode())
    while True:
        message, descriptors, _, _ = socket.recv_fds(control, 1 << 20, 1)
        if not message:
            return
        helper = os.fork()
        if helper == 0:
            try:
                launch(json.loads(message), list(descriptors), control)
            except BaseException as error:
                control.send(json.dumps({"error": repr(error)[:4000]}).encode())
            os._exit(1)
        for number in descriptors:
            os.close(number)
        os.waitpid(helper, 0)


if __name__ == "__main__":
    serve()
