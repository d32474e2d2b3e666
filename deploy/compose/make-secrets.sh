#!/bin/sh
# Writes .env and .secrets/ for compose.yaml, once: what exists is kept, since the volumes depend on it. Needs openssl.
set -eu
cd "$(dirname "$0")/../.."
umask 077

if [ -e .env ]; then
    echo ".env exists and is kept"
else
    {
        for name in POSTGRES_PASSWORD REDIS_PASSWORD TYPESENSE_API_KEY RABBITMQ_PASSWORD AGORA_GATEWAY_SECRET; do
            echo "$name=$(openssl rand -hex 32)"
        done
    } > .env.new
    mv .env.new .env
    echo "wrote .env"
fi

if [ -e .secrets/jwt-private-key.pem ]; then
    echo ".secrets/jwt-private-key.pem exists and is kept"
else
    mkdir -p .secrets
    openssl genpkey -algorithm ed25519 -out .secrets/jwt-private-key.new
    chmod 444 .secrets/jwt-private-key.new # the container's user reads it through its own mount
    mv .secrets/jwt-private-key.new .secrets/jwt-private-key.pem
    echo "wrote .secrets/jwt-private-key.pem"
fi
