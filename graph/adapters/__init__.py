"""The stores: each keeps the promises of the port with one database."""
