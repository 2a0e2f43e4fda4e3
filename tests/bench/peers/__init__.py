"""Measures nginx, HAProxy, a bare proxy and our own door side by side on one machine.

Python 3 standard library only. All traffic goes to 127.0.0.0/8, every load run is bounded in time,
and whatever was started is ended. What the rows mean is told in engine/README.md.
"""
