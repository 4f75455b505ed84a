// Package gosdk holds the service to what 0Chain's own Go client makes of it: its tests drive a running server through
// gosdk's functions, and gosdk's signature scheme judges what comes back. `npm run test:interop` starts the server and
// runs them. gosdk is fetched as a module, and nothing of it is copied here.
package gosdk
