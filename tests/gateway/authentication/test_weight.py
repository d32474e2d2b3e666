"""What a gateway that verifies no tokens does not carry."""

import subprocess
import sys


def test_a_gateway_without_issuers_loads_no_cryptography():
    program = "import gateway.serve.command, sys; print('cryptography' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
