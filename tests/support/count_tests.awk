# Adds up a JUnit file of ctest and prints "passed failed skipped".
#
# Counts tests as the program behind an entry counts them (its line "N passed, N failed, N
# skipped"; Qt Test's "Totals:" has two of its own in it). An entry that says no such thing, or
# that failed without saying so (a crash, a timeout), is one test.

function finish_entry() {
    if (status == "run" && !counted) passed += 1
    if (status == "fail" && !failed_here) failed += 1
    if (status == "notrun" || status == "disabled") skipped += 1
}

/<testcase / {
    finish_entry()
    counted = failed_here = 0
    match($0, /status="[a-z]*"/)
    status = substr($0, RSTART + 8, RLENGTH - 9)
}

match($0, /[0-9]+ passed, [0-9]+ failed, [0-9]+ skipped/) {
    split(substr($0, RSTART, RLENGTH), word, " ")
    own = /Totals:/ ? (word[1] < 2 ? word[1] : 2) : 0 # initTestCase and cleanupTestCase
    passed += word[1] - own
    failed += word[3]
    skipped += word[5]
    failed_here += word[3]
    counted = 1
}

END {
    finish_entry()
    print passed + 0, failed + 0, skipped + 0
}
