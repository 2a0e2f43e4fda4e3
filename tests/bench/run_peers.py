#!/usr/bin/env python3
"""Measures nginx, HAProxy, a bare proxy and our own door side by side: `./lab bench`."""
import sys

from peers.command_line import main

sys.exit(main(sys.argv[1:]))
