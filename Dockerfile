# One container for ZVault and ZAuth. In production nothing secret is made up at start, so a token key and a
# sealing key have to be given, and the database is made once by a command of its own: the second line followed by
# `node dist/cli/kms.js init`.
#
#   docker build -t split-key-kms .
#   docker run --read-only --tmpfs /tmp --cap-drop ALL --security-opt no-new-privileges -p 127.0.0.1:3000:3000 \
#     -v kms-data:/data -v /etc/kms/sealing-key:/run/secrets/sealing-key:ro \
#     -e SEALING_KEY_FILE=/run/secrets/sealing-key -e JWT_PUBLIC_KEY="$(cat token-key.pem)" split-key-kms
#
# The sealing key file must be readable by the user `node` (uid 1000) and by nobody else.
#
# The tests run on this very Node (`npm run test:node24`) and on Node 20.20. Another one is your own risk: releases within
# one major have broken native modules.
#
# A tag can be moved. To build on exactly what you have looked at, name the base with its digest as well:
#
#   docker buildx imagetools inspect node:24.21.0-bookworm-slim --format '{{.Manifest.Digest}}'
#   docker build --build-arg NODE_IMAGE=node:24.21.0-bookworm-slim@sha256:… -t split-key-kms .
ARG NODE_IMAGE=node:24.21.0-bookworm-slim

FROM ${NODE_IMAGE} AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY packages/client/package.json ./packages/client/
COPY packages/console/package.json ./packages/console/
COPY scripts ./scripts
# Nothing is compiled: on this Node the database driver is better-sqlite3 13, whose package carries its binaries.
RUN npm ci --include=dev --ignore-scripts
COPY nest-cli.json tsconfig.json tsconfig.build.json ./
COPY packages ./packages
COPY src ./src
# The demo is for a clone: it alone needs the client at run time.
RUN npm run build \
 && npm prune --omit=dev --ignore-scripts \
 && rm -rf dist/cli/demo dist/cli/demo.js node_modules/@split-key-kms

FROM ${NODE_IMAGE}
# The volume takes over this owner and mode when it is first made.
RUN install --directory --owner=node --group=node --mode=0700 /data
WORKDIR /app
# Owned by root, so that the server cannot change its own code.
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
# Of the console what was built, and nothing that builds it.
COPY --from=build /app/packages/console/dist ./packages/console/dist
COPY --from=build /app/scripts/container-health.mjs ./scripts/
ENV NODE_ENV=production \
    HOST=0.0.0.0 \
    PORT=3000 \
    DATA_DIR=/data
USER node
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 CMD ["node", "--no-warnings", "scripts/container-health.mjs"]
# The exec form: Node is process 1 and gets SIGTERM and SIGHUP itself. Its arguments: scripts/server-node-arguments.mjs
CMD ["node", "--max-semi-space-size=64", "--disable-sigusr1", "dist/main.js"]
