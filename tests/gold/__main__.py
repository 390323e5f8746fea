"""`python -m tests.gold [--sealed] [--record]`: the figures as tables; an exit above 0 if one fell below its record."""

import argparse
import sys

from tests.gold.measure import GOLD, RECORDED, by_rule, fallen, figures, recorded
from tests.gold.speed import UNITS, growth, measure

LANGUAGES = ("ru", "en")


def main():
    parser = argparse.ArgumentParser(prog="python -m tests.gold", description=__doc__)
    parser.add_argument("--sealed", action="store_true", help="the sealed part, too; log the figures it prints")
    parser.add_argument("--record", action="store_true", help="these figures are the least from now on")
    args = parser.parse_args()
    if not GOLD.exists():
        sys.exit("The annotated texts are not beside this checkout (../shared/gold), so there is nothing to measure.")
    found = {
        (part, language): figures(part, language)
        for part in (("development", "sealed") if args.sealed else ("development",))
        for language in LANGUAGES
    }
    short = [line for (part, language), one in found.items() for line in print_part(part, language, one)]
    print_rules()
    print_speed()
    if args.record:
        record(found)
    if short:
        sys.exit("Below what is recorded:\n" + "\n".join(short))


def print_part(part, language, found):
    """What of it lies below the record."""
    print(f"\n{part}, {language}")
    for name, one in found.items():
        print(f"  {name:24} P {one['p']:.3f}  R {one['r']:.3f}  F1 {one['f1']:.3f}")
    least = recorded().get(part, {}).get(language, {})
    return [f"{part}, {language}, {line}" for line in fallen(found, least)]


def print_rules():
    print("\nrule                                right  optional  wrong   (development, ru)")
    for rule, tally in by_rule("development", "ru").items():
        print(f"  {rule:32} {tally.right:6} {tally.optional:9} {tally.wrong:6}")


def print_speed():
    took, peak = measure()
    print(f"\n300 words of Russian, warm: {took:.0f} ms; peak memory {peak:.0f} MB")
    print("\nfour times the text takes so many times as long:")
    for language in UNITS:
        for unit, factor in growth(language).items():
            print(f"  {language}  {factor:4.1f}  {unit}")


def record(found):
    lines = ["# The least F1 that `make gold` accepts; raised by `make gold RECORD=1`.", ""]
    for (part, language), one in found.items():
        lines.append(f"[{part}.{language}]")
        lines += [f'"{name}" = {figure["f1"]:.4f}' for name, figure in one.items()]
        lines.append("")
    RECORDED.write_text("\n".join(lines).rstrip() + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
