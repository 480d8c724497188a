"""What stands in deploy/ fits the product: settings, commands, addresses, the manifest."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml
from starlette.routing import Route

from bot.cli.app import app
from bot.intake import Metrics, health_routes
from bot.settings import Settings
from handlers import entry
from handlers.manifest import EVENTS_PATH, INSTALL_PATH
from tests.paths import REPO

DEPLOY = REPO / "deploy"
TEXTS = [path for path in sorted(DEPLOY.rglob("*")) if path.is_file() and "requirements" not in path.name]
K8S = [path for path in sorted((DEPLOY / "k8s").glob("*.yaml")) if path.name != "kustomization.yaml"]
VARIABLES = {
    name
    for field, info in Settings.model_fields.items()
    for name in (
        f"PLUMB_{field.upper()}",
        *(str(choice) for choice in getattr(info.validation_alias, "choices", ())),
    )
}
GRACE = 30  # seconds
STOPPING = 20  # seconds that the bot itself takes at most


def ids(path: Path) -> str:
    return str(path.relative_to(DEPLOY))


def load(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", TEXTS, ids=ids)
def test_every_variable_is_a_setting(path: Path) -> None:
    named = set(re.findall(r"\bPLUMB_[A-Z_]+\b", path.read_text(encoding="utf-8")))
    assert named <= VARIABLES


@pytest.mark.parametrize("path", TEXTS, ids=ids)
def test_no_secret_stands_here(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"xox[bp]-\w{4}|xapp-\w{4}|sk-\w{8}", text)


def commands() -> set[tuple[str, ...]]:
    group = typer.main.get_command(app)
    found: set[tuple[str, ...]] = set()
    for name, command in getattr(group, "commands", {}).items():
        found.add((name,))
        found |= {(name, inner) for inner in getattr(command, "commands", {})}
    return found


def run_here() -> Iterator[list[str]]:
    """Arguments of `plumb` in every file that starts it."""
    for path in K8S:
        spec = load(path).get("spec", {}).get("template", {}).get("spec", {})
        for container in [*spec.get("containers", []), *spec.get("initContainers", [])]:
            yield container["args"]
    for service in load(DEPLOY / "compose.yaml")["services"].values():
        if "command" in service:
            yield service["command"]
    yield from (line[1:] for line in workflow_commands() if line[0] == "plumb")
    unit = (DEPLOY / "systemd" / "plumbline.service").read_text(encoding="utf-8")
    for line in re.findall(r"^Exec\w+=(.+)$", unit, re.MULTILINE):
        yield shlex.split(line)[1:]
    yield ["run"]  # the Dockerfile's CMD, below


def workflow_commands() -> Iterator[list[str]]:
    """Every line of shell in the example for GitHub Actions, as words."""
    (job,) = load(DEPLOY / "github" / "experiments.yml")["jobs"].values()
    for step in job["steps"]:
        for line in str(step.get("run", "")).splitlines():
            if words := shlex.split(line, comments=True):
                yield words


def test_the_workflow_runs_an_experiment_as_the_command_line_takes_it() -> None:
    (run,) = [words for words in workflow_commands() if words[:3] == ["plumb", "exp", "run"]]
    arguments = run[3 : run.index("||")]
    command = typer.main.get_command(app).commands["exp"].commands["run"]  # type: ignore[attr-defined]  # groups
    with command.make_context("run", list(arguments)) as context:
        assert context.params["config"].name == "promptfooconfig.yaml"
        assert (context.params["gate"], context.params["format_"]) == ("verdict", "markdown")
        written = context.params["output"].name
    assert ["gh", "pr", "comment"] in [words[:3] for words in workflow_commands() if written in words]
    text = (DEPLOY / "github" / "experiments.yml").read_text(encoding="utf-8")
    assert "pull_request_target" not in text  # it would hand secrets to a fork's code


def test_every_command_exists() -> None:
    known = commands()
    started = list(run_here())
    assert len(started) >= 7
    for arguments in started:
        words = [word for word in arguments if not word.startswith("-")]
        assert tuple(words[:2]) in known or tuple(words[:1]) in known, arguments
    assert 'CMD ["run"]' in (DEPLOY / "Dockerfile").read_text(encoding="utf-8")


def paths(tree: Any) -> Iterator[str]:
    if isinstance(tree, dict):
        if "httpGet" in tree:
            yield tree["httpGet"]["path"]
        for value in tree.values():
            yield from paths(value)
    elif isinstance(tree, list):
        for value in tree:
            yield from paths(value)


def test_probes_ask_addresses_that_exist() -> None:
    metrics = Metrics()
    served = {route.path for route in health_routes([], metrics) if isinstance(route, Route)}
    metrics.close()
    asked = [path for file in K8S for path in paths(load(file))]
    assert sorted(set(asked)) == ["/healthz", "/readyz"]
    assert set(asked) <= served
    assert load(DEPLOY / "k8s" / "service.yaml")["metadata"]["annotations"]["prometheus.io/path"] in served
    assert "/healthz" in (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
    readme = (DEPLOY / "README.md").read_text(encoding="utf-8")
    assert INSTALL_PATH in readme
    assert EVENTS_PATH.startswith("/slack/")


def test_the_manifest_here_is_the_one_that_is_printed() -> None:
    printed = entry.manifest_text(
        command="plumb", transport="socket", public_url="", history=False, as_json=False
    )
    assert (DEPLOY / "manifest.yaml").read_text(encoding="utf-8") == printed, (
        "plumb manifest > deploy/manifest.yaml"
    )


def pods() -> list[tuple[str, dict[str, Any]]]:
    documents = ((path.name, load(path)) for path in K8S)
    return [
        (name, found["spec"]["template"]["spec"])
        for name, found in documents
        if found["kind"] in {"Deployment", "Job"}
    ]


@pytest.mark.parametrize(("name", "pod"), pods(), ids=lambda value: value if isinstance(value, str) else "")
def test_pods_have_no_more_rights_than_they_need(name: str, pod: dict[str, Any]) -> None:
    assert pod["automountServiceAccountToken"] is False
    assert pod["securityContext"]["runAsNonRoot"] is True
    assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    for container in [*pod["containers"], *pod.get("initContainers", [])]:
        context = container["securityContext"]
        assert context["allowPrivilegeEscalation"] is False
        assert context["readOnlyRootFilesystem"] is True
        assert context["capabilities"] == {"drop": ["ALL"]}
        assert "memory" in container["resources"]["limits"]
        mounted = {mount["name"] for mount in container["volumeMounts"]}
        assert mounted == {volume["name"] for volume in pod["volumes"]}


def test_kubernetes_objects_belong_together() -> None:
    listed = load(DEPLOY / "k8s" / "kustomization.yaml")["resources"]
    assert sorted([*listed, "secret.example.yaml"]) == sorted(path.name for path in K8S)
    by_kind = {document["kind"]: document for document in map(load, K8S)}
    labels = by_kind["Deployment"]["spec"]["template"]["metadata"]["labels"]
    for selector in (
        by_kind["Deployment"]["spec"]["selector"]["matchLabels"],
        by_kind["Service"]["spec"]["selector"],
        by_kind["PodDisruptionBudget"]["spec"]["selector"]["matchLabels"],
    ):
        assert selector.items() <= labels.items()
    pod = by_kind["Deployment"]["spec"]["template"]["spec"]
    ports = {port["name"]: port["containerPort"] for port in pod["containers"][0]["ports"]}
    assert by_kind["Service"]["spec"]["ports"][0]["targetPort"] in ports
    named = {
        source[kind]["name"]
        for container in [*pod["containers"], *pod["initContainers"]]
        for source in container["envFrom"]
        for kind in source
    }
    assert named == {by_kind["ConfigMap"]["metadata"]["name"], by_kind["Secret"]["metadata"]["name"]}


def test_every_way_leaves_time_to_stop() -> None:
    pod = dict(pods())["deployment.yaml"]
    before = int(pod["containers"][0]["lifecycle"]["preStop"]["exec"]["command"][1])
    assert pod["terminationGracePeriodSeconds"] == GRACE >= before + STOPPING
    assert load(DEPLOY / "compose.yaml")["services"]["bot"]["stop_grace_period"] == f"{GRACE}s"
    unit = (DEPLOY / "systemd" / "plumbline.service").read_text(encoding="utf-8")
    assert f"TimeoutStopSec={GRACE}" in unit


def test_compose_migrates_before_the_bot_starts() -> None:
    compose = load(DEPLOY / "compose.yaml")
    services = compose["services"]
    assert services["migrate"]["command"] == ["db", "upgrade"]
    assert services["bot"]["depends_on"] == {"migrate": {"condition": "service_completed_successfully"}}
    assert services["migrate"]["depends_on"] == {"database": {"condition": "service_healthy"}}
    for name in ("migrate", "bot"):
        assert services[name]["read_only"] is True
        assert services[name]["cap_drop"] == ["ALL"]
    for service in services.values():
        for volume in service.get("volumes", ()):
            assert volume.split(":")[0] in compose["volumes"]


def test_the_image_is_small_and_without_root() -> None:
    stages = (DEPLOY / "Dockerfile").read_text(encoding="utf-8").split("\nFROM ")
    assert len(stages) == 3  # what comes before, the build, the image
    build, image = stages[1:]
    assert "--require-hashes" in build
    assert "pip install" not in image
    assert "\nUSER 10001" in image
    assert "\nHEALTHCHECK" in image


def test_the_unit_is_confined() -> None:
    unit = (DEPLOY / "systemd" / "plumbline.service").read_text(encoding="utf-8").splitlines()
    for line in (
        "NoNewPrivileges=yes", "ProtectSystem=strict", "ProtectHome=yes", "PrivateTmp=yes",
        "CapabilityBoundingSet=", "RestrictSUIDSGID=yes", "UMask=0077", "StateDirectoryMode=0700",
    ):  # fmt: skip
        assert line in unit
