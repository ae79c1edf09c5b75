"""What a monitoring system is told, in Prometheus' text format: figures of the store, so that
every process tells the same. No address, subject or number of a submission is in any of them.

names       every metric, once
figures     the store's rows become plain values; the only module here that asks it
exposition  figures become text (prometheus-client)
server      /metrics, /healthz and /readyz on a loopback port
textfile    a file for node_exporter's collector
"""
