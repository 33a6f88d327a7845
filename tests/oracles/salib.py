"""Sobol indices by SALib, for tests/questions.rs: writes tests/oracles/salib.json.

Run by hand: pip install SALib, then python tests/oracles/salib.py. The sample is a Halton sequence, which both sides make.
"""
import json
import pathlib
from importlib.metadata import version

import numpy
from SALib.analyze import sobol

ROWS = 1024
PRIMES = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37]


def halton(index, base):
    value, share = 0.0, 1.0
    while index > 0:
        share /= base
        value += share * (index % base)
        index //= base
    return value


def ishigami(x):
    x1, x2, x3 = ((2 * u - 1) * numpy.pi for u in x)
    return numpy.sin(x1) + 7 * numpy.sin(x2) ** 2 + 0.1 * x3**4 * numpy.sin(x1)


def sobol_g(x):
    a = [0, 0.5, 3, 9, 99, 99]
    return numpy.prod([(abs(4 * u - 2) + a) / (1 + a) for u, a in zip(x, a)])


def indices(function, inputs):
    values = []
    for row in range(ROWS):
        x = [halton(row + 1, base) for base in PRIMES[: 2 * inputs]]
        first, second = x[:inputs], x[inputs:]
        values.append(function(first))
        for at in range(inputs):
            values.append(function(first[:at] + [second[at]] + first[at + 1 :]))
        values.append(function(second))
    problem = {"num_vars": inputs, "names": [f"x{at}" for at in range(inputs)], "bounds": [[0, 1]] * inputs}
    found = sobol.analyze(problem, numpy.array(values), calc_second_order=False, seed=1)
    return {key: found[key].tolist() for key in ("S1", "ST", "S1_conf", "ST_conf")}


result = {"salib": version("SALib"), "rows": ROWS, "ishigami": indices(ishigami, 3), "sobol_g": indices(sobol_g, 6)}
pathlib.Path(__file__).with_name("salib.json").write_text(json.dumps(result, indent=2) + "\n")
