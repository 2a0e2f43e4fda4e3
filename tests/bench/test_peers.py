#!/usr/bin/env python3
"""The pure parts of the comparison with nginx and HAProxy: figures, verdicts, tables, templates.

After a wanted change of the table, UPDATE_GOLDEN=1 writes tests/golden/peers/table.md anew.
"""
import json
import os
import sys
import unittest
from pathlib import Path

from peers import clients, table, templates
from peers.cases import CASES, rounds_of
from peers.figures import (OURS, ROWS, Row, Spread, Target, judge, judge_all, most, ratio,
                           spread_of, verdict_of)
from peers.proxies import Floor, Haproxy, Nginx, Ours
from peers.rounds import estimate

GOLDEN = Path(__file__).resolve().parents[1] / "golden" / "peers"
ROW = Row("h1-proxy", "cpu_us", "CPU µs a request", ratio(0.80))


def rounds(*values, figure="cpu_us"):
    return [{"round": number, figure: value} for number, value in enumerate(values, 1)]


class Figures(unittest.TestCase):
    def test_a_spread_is_the_median_between_the_ends(self):
        self.assertEqual(spread_of([3, 1, 2]), Spread(2, 1, 3))
        self.assertEqual(spread_of([4, 1, 2, 3]), Spread(2.5, 1, 4))
        self.assertEqual(spread_of([7]), Spread(7, 7, 7))

    def test_the_better_peer_is_the_one_with_the_lower_median(self):
        judged = judge(ROW, {"nginx": rounds(10, 10, 30), "haproxy": rounds(12, 12, 12),
                             OURS: rounds(8, 8, 8)})
        self.assertEqual(judged.better, "nginx")

    def test_the_ratio_is_taken_round_by_round(self):
        judged = judge(ROW, {"nginx": rounds(10, 20, 40), OURS: rounds(9, 16, 28)})
        self.assertEqual(judged.ratio, Spread(0.8, 0.7, 0.9))

    def test_rounds_that_only_one_side_has_do_not_count(self):
        judged = judge(ROW, {"nginx": rounds(10, 20), OURS: rounds(5, 5, 100)})
        self.assertEqual(judged.ratio, Spread(0.375, 0.25, 0.5))

    def test_without_a_peer_there_is_no_ratio(self):
        judged = judge(ROW, {OURS: rounds(5)})
        self.assertIsNone(judged.ratio)
        self.assertEqual(judged.verdict, "–")

    def test_a_peer_counts_with_its_cheapest_variant(self):
        row = Row("big-body", "cpu_ms_per_gb", "CPU ms a GB", ratio(1.0))
        judged = judge(row, {"haproxy": rounds(500, figure="cpu_ms_per_gb"),
                             "haproxy-splice": rounds(400, figure="cpu_ms_per_gb"),
                             OURS: rounds(300, figure="cpu_ms_per_gb")})
        self.assertEqual(judged.cells["haproxy"].contender, "haproxy-splice")
        self.assertEqual(judged.ratio.median, 0.75)

    def test_where_an_ideal_is_met_nearer_is_better(self):
        row = Row("rate-limit", "beyond_ideal", "admitted", Target("within", 1))
        judged = judge(row, {"nginx": rounds(3, figure="beyond_ideal"),
                             "haproxy": rounds(-79, figure="beyond_ideal"),
                             OURS: rounds(-1, figure="beyond_ideal")})
        self.assertEqual((judged.better, judged.ratio, judged.verdict), ("nginx", None, "yes"))

    def test_our_failure_meets_no_target(self):
        judged = judge(ROW, {"nginx": rounds(10), OURS: [{"round": 1, "failed": "it ended"}]})
        self.assertEqual(judged.verdict, "no: it failed")
        self.assertEqual(judged.failures, {OURS: "it ended"})

    def test_a_target_for_the_full_size_is_not_held_against_a_smaller_one(self):
        row = Row("many-lbs", "start_s", "start, s", most(1.0), ("doors", 10_000))
        for doors, verdict in ((1000, "–"), (10_000, "yes")):
            samples = [{"round": 1, "start_s": 0.5, "doors": doors}]
            self.assertEqual(judge(row, {OURS: samples}).verdict, verdict)

    def test_the_worst_sample_tells_how_much_others_took(self):
        judged = judge(ROW, {"nginx": [{"round": 1, "cpu_us": 1, "foreign_busy": 0.4}],
                             OURS: [{"round": 1, "cpu_us": 1, "foreign_busy": 0.1}]})
        self.assertEqual(judged.foreign, 0.4)

    def test_verdicts_are_the_medians_and_say_what_single_rounds_showed(self):
        for target, values, verdict in (
                (ratio(0.80), (0.75, 0.78, 0.80), "yes"),
                (ratio(0.80), (0.75, 0.78, 0.81), "yes, not in every round"),
                (ratio(0.80), (0.79, 0.88, 0.90), "no, 10 % beyond; met in a round"),
                (ratio(0.80), (0.84, 0.88, 0.90), "no, 10 % beyond"),
                (most(6), (60, 60, 60), "no, 10.0 × the target"),
                (most(0), (0, 0, 0), "yes"),
                (most(0), (0, 0, 1), "yes, not in every round"),
                (most(0), (1, 2, 3), "no, beyond"),
                (Target("within", 1), (-1, 0, 1), "yes"),
                (Target("within", 1), (-2, -2, -2), "no, 100 % beyond"),
                (None, (1, 2, 3), "–")):
            with self.subTest(verdict=verdict, values=values):
                self.assertEqual(verdict_of(target, spread_of(values)), verdict)

    def test_a_case_that_was_not_sampled_has_no_row(self):
        self.assertEqual(judge_all({"h1-proxy": {OURS: []}}), [])


class Table(unittest.TestCase):
    def test_numbers_are_as_exact_as_they_are_large(self):
        for value, text in ((0, "0"), (0.4567, "0.46"), (12.345, "12.3"), (18004.4, "18,004"),
                            (1100, "1,100"), (-79, "−79"), (3.0, "3.00")):
            self.assertEqual(table.number(value), text)

    def test_the_golden_samples_make_the_golden_table(self):
        made = table.markdown(json.loads((GOLDEN / "samples.json").read_text()))
        if os.environ.get("UPDATE_GOLDEN"):
            (GOLDEN / "table.md").write_text(made)
        self.assertEqual(made, (GOLDEN / "table.md").read_text())


class Cases(unittest.TestCase):
    def test_every_row_has_its_case(self):
        self.assertEqual({row.case for row in ROWS}, {case.name for case in CASES})

    def test_a_case_has_the_rounds_that_were_asked_for_unless_it_only_counts(self):
        by_name = {case.name: case for case in CASES}
        for name, repeats, is_quick, expected in (
                ("h1-proxy", None, False, 5), ("h1-proxy", None, True, 3),
                ("h1-proxy", 7, True, 7), ("latency", None, True, 1), ("instr", 7, False, 1)):
            self.assertEqual(rounds_of(by_name[name], repeats, is_quick), expected)

    def test_the_whole_run_takes_less_than_an_hour(self):
        proxies = [Nginx(), Haproxy(), Floor("floor"), Ours("ours", "")]
        self.assertLess(estimate(CASES, proxies, None, False), 3600)


class Templates(unittest.TestCase):
    def test_blocks_are_kept_by_flag_and_repeated_by_item(self):
        text = ("a ${X} $host\n#@if ON\non\n#@for r in ALL\n${r_n} ${X}\n#@end\n#@end\n"
                "#@if OFF\noff\n#@end\nend")
        values = {"X": 1, "ALL": [{"n": "one"}, {"n": "two"}]}
        self.assertEqual(templates.expand(text, values, {"ON"}), "a 1 $host\non\none 1\ntwo 1\nend")

    def test_a_block_without_its_end_is_refused(self):
        with self.assertRaises(ValueError):
            templates.expand("#@if ON\non", {}, {"ON"})


class LoadTools(unittest.TestCase):
    def test_what_wrk_says_is_read(self):
        figures = clients.read_wrk(
            "  Latency Distribution\n     50%  590.00us\n     75%    1.00ms\n"
            "     99%    4.59ms\n  95175 requests in 1.10s, 17.61MB read\n"
            "  Socket errors: connect 0, read 3, write 0, timeout 1\n"
            "  Non-2xx or 3xx responses: 7\n")
        self.assertEqual(figures, {"requests": 95175, "seconds": 1.1, "bytes": 17.61 * 2**20,
                                   "socket_errors": 4, "not_2xx": 7, "errors": 11,
                                   "p50_us": 590.0, "p99_us": 4590.0})

    def test_an_answer_that_is_none_of_wrks_is_an_error(self):
        with self.assertRaises(RuntimeError):
            clients.read_wrk("unable to connect to 127.0.0.1:1 Connection refused")


if __name__ == "__main__":
    program = unittest.main(exit=False, verbosity=1)
    failed = len(program.result.failures) + len(program.result.errors)
    print(f"{program.result.testsRun - failed} passed, {failed} failed, 0 skipped")
    sys.exit(failed > 0)
