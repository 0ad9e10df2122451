"""Makes drivers of any size, as specs for tenure and, the same state machine, as Promela for SPIN.

A driver enables the device, takes parts one by one, some of them managed by devres, asks for interrupt vectors (MSI-X,
else MSI, else the pin's line) and gives everything back in reverse, step by step when probe fails. Configuration
booleans decide which parts a device has. In a faulty driver one error path unwinds one step too few.
"""

import dataclasses
import json


@dataclasses.dataclass(frozen=True)
class Step:
    """A part that probe takes: `booleans` must all be set for a device to have it."""

    part: int
    managed: bool
    booleans: tuple

    def condition(self, pattern="c{}"):
        """When the device has the part, as an expression; "" for always."""
        return " && ".join(pattern.format(boolean) for boolean in self.booleans)


@dataclasses.dataclass(frozen=True)
class Driver:
    """A driver: its steps, how many booleans there are, and the step whose error path is wrong (none: -1)."""

    steps: tuple
    booleans: int
    fault: int

    def undone_from(self, failed):
        """The explicit part from which probe unwinds when step `failed` fails (or what follows all steps); none: -1."""
        held = [step.part for step in self.steps[:failed] if not step.managed]
        if failed == self.fault:
            held = held[:-1] if held else [-2]
        return held[-1] if held else -1


def make_driver(statements, booleans, faulty):
    """The largest driver of at most so many statements, or the smallest one that there is."""
    low, high = 1, max(statements, 1)
    while low < high:
        middle = (low + high + 1) // 2
        if count_statements(with_steps(middle, booleans, faulty)) <= statements:
            low = middle
        else:
            high = middle - 1
    return with_steps(low, booleans, faulty)


def with_steps(count, booleans, faulty):
    """A driver that takes `count` parts, each third one managed; the booleans are spread over them."""
    steps = tuple(Step(i, i % 3 == 0, tuple(range(i, booleans, count))) for i in range(count))
    explicit = [step.part for step in steps if not step.managed]
    fault = explicit[len(explicit) // 2] + 1 if explicit else count
    return Driver(steps, booleans, fault if faulty else -1)


def only_if(condition, statement):
    """The statement under its condition."""
    return {"if": condition, "then": [statement]} if condition else statement


def label_of(part):
    """Where the unwinding of a part begins; -1: only the device is on."""
    return "disable" if part == -1 else f"undo_{part}"


def on_error(driver, failed):
    """Where probe goes when step `failed` fails."""
    target = driver.undone_from(failed)
    return "return ret" if target == -2 else f"goto {label_of(target)}"


def take(driver, index):
    """The statement of probe that takes a part."""
    step = driver.steps[index]
    call = {"call": "take_managed" if step.managed else "take", "with": {"what": f"part[{step.part}]"}, "into": "ret"}
    return only_if(step.condition(), call | {"on_error": on_error(driver, index)})


def give(step):
    """The statement that gives a part back."""
    return only_if(step.condition(), {"call": "give", "with": {"what": f"part[{step.part}]"}})


def labels(driver):
    """The labels that probe goes to."""
    return {driver.undone_from(i) for i in range(len(driver.steps) + 1)}


def probe_and_remove(driver):
    """The bodies of the two callbacks."""
    explicit = [step for step in reversed(driver.steps) if not step.managed]
    used = labels(driver)
    flags = {"min_vecs": 1, "max_vecs": 1, "flags": "PCI_IRQ_ALL_TYPES"}
    probe = [{"call": "pci_enable_device", "into": "ret", "on_error": "return ret"}]
    probe += [take(driver, i) for i in range(len(driver.steps))]
    probe += [
        {
            "call": "pci_alloc_irq_vectors",
            "with": flags,
            "into": "ret",
            "on_error": on_error(driver, len(driver.steps)),
        },
        {"return": 0},
    ]
    for step in explicit:
        probe += [{"label": label_of(step.part)}] if step.part in used else []
        probe.append(give(step))
    probe += [{"label": "disable"}] if -1 in used else []
    probe += [{"call": "pci_disable_device"}, {"return": "ret"}]
    remove = [{"call": "pci_free_irq_vectors"}, *map(give, explicit), {"call": "pci_disable_device"}]
    return probe, remove


def count_statements(driver):
    """How many statements the callbacks have."""

    def count(body):
        return sum(1 + count(statement.get("then", [])) for statement in body)

    return sum(count(body) for body in probe_and_remove(driver))


def spec_of(driver):
    """The driver spec, as JSON text."""
    probe, remove = probe_and_remove(driver)
    what = {"what": "resource"}
    functions = {
        "probe": {"body": probe},
        "remove": {"body": remove},
        "take": {
            "params": what,
            "body": [
                {
                    "choose": "part",
                    "from": [{"says": "the part is there"}, {"says": "no memory", "do": [{"return": "-ENOMEM"}]}],
                },
                {"acquire": "what"},
                {"return": 0},
            ],
        },
        "take_managed": {
            "params": what,
            "body": [
                {"call": "take", "with": {"what": "what"}, "into": "ret", "on_error": "return ret"},
                {
                    "call": "devm_add_action_or_reset",
                    "with": {"action": {"call": "give", "with": {"what": "what"}}},
                    "into": "ret",
                },
                {"return": "ret"},
            ],
        },
        "give": {"params": what, "body": [{"release": "what", "not_held": "corrupts"}]},
    }
    if all(step.managed for step in driver.steps):
        functions["take_managed"]["body"][0]["call"] = "take"
    spec = {
        "driver": f"generated-{count_statements(driver)}-{driver.booleans}",
        "says": "Generated: "
        + ("one error path unwinds one step too few." if driver.fault >= 0 else "every path unwinds."),
        "variables": {f"c{i}": {"type": "bool", "lifetime": "fixed"} for i in range(driver.booleans)},
        "resources": {"part": {"count": len(driver.steps)}},
        "functions": functions,
        "callbacks": {"probe": "probe", "remove": "remove"},
    }
    return json.dumps(spec, indent=1)


def promela_of(driver):
    """The same driver under the same life cycle, with the properties as assertions, in Promela."""
    count = len(driver.steps)
    configuration = [f"c[{i}]" for i in range(driver.booleans)] + ["has_msix", "has_msi", "has_line"]

    def target(failed):
        part = driver.undone_from(failed)
        return "failed" if part == -2 else label_of(part)

    def guarded(step, text):
        condition = step.condition("c[{}]")
        return f"if :: ({condition}) -> {text} :: else fi;" if condition else text

    def taken(step):
        text = f"if :: TAKE({step.part}) :: goto {target(step.part)} fi;"
        if step.managed:
            text += f" if :: list[length] = {step.part}; length++ :: GIVE({step.part}); goto {target(step.part)} fi;"
        return guarded(step, text)

    explicit = [step for step in reversed(driver.steps) if not step.managed]
    given = [guarded(step, f"GIVE({step.part});") for step in explicit]
    lines = [
        "#define TAKE(i) assert(!part[i]); part[i] = 1; held++",
        "#define GIVE(i) assert(part[i]); part[i] = 0; held--",
        f"bit part[{count}], has_msix, has_msi, has_line, on, vectors;",
        *([f"bit c[{driver.booleans}];"] if driver.booleans else []),
        f"short list[{sum(step.managed for step in driver.steps)}], length, held;",
        "active proctype device() {",
        *(f"if :: {name} = 0 :: {name} = 1 fi;" for name in configuration),
        "bind:",
        "if :: on = 1 :: goto failed fi;",
        *map(taken, driver.steps),
        "if :: has_msix -> if :: vectors = 1; goto probed :: skip fi :: else fi;",
        "if :: has_msi -> if :: vectors = 1; goto probed :: skip fi :: else fi;",
        f"if :: has_line -> goto probed :: else -> goto {target(count)} fi;",
        *(f"undo_{step.part}: {text}" for step, text in zip(explicit, given, strict=True)),
        "disable: assert(on); on = 0;",
        "goto failed;",
        # Bound, until it is unbound; or the bind fails late and is undone in the same way.
        "probed: skip;",
        "vectors = 0;",
        *given,
        "assert(on); on = 0;",
        "failed: do :: length > 0 -> length--; GIVE(list[length]) :: else -> break od;",
        "assert(held == 0 && !vectors && !on);",
        "goto bind",
        "}",
    ]
    return "\n".join(lines) + "\n"
