"""SHIM until the owner's file arrives: overwrite me."""


def encode(name, payload):
    return name
