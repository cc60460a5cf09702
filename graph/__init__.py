"""The knowledge graph: values, the port, arrays, measures, adapters."""
