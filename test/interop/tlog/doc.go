// Package tlog compares our trees, proofs, tiles, notes and promises with those of others: golang.org/x/mod/sumdb, of Go's
// checksum database, and filippo.io/torchwood, which reads and writes C2SP's formats. `npm run test:interop` runs its
// tests. Both are fetched as modules, and nothing of them is copied here.
package tlog
