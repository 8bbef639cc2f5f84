#!/bin/sh
# Usage: FLUXGATE_API_KEY=fg_... sh examples/curl.sh
set -eu

url="${FLUXGATE_URL:-http://127.0.0.1:8585}"
key="${FLUXGATE_API_KEY:?Set it to the key that npm start printed.}"

echo 'Buffered:'
curl --silent --show-error --fail-with-body "${url%/}/v1/chat/completions" \
  --header "Authorization: Bearer $key" \
  --header 'Content-Type: application/json' \
  --data '{
    "model": "claude-haiku-4-5",
    "max_tokens": 200,
    "messages": [{ "role": "user", "content": "What does a fluxgate measure?" }]
  }'

echo
echo
echo 'Streamed:'
curl --silent --show-error --fail-with-body --no-buffer "${url%/}/v1/chat/completions" \
  --header "Authorization: Bearer $key" \
  --header 'Content-Type: application/json' \
  --data '{
    "model": "claude-haiku-4-5",
    "max_tokens": 200,
    "stream": true,
    "stream_options": { "include_usage": true },
    "messages": [{ "role": "user", "content": "Describe a magnetic field." }]
  }'
