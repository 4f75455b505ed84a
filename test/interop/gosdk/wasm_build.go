//go:build wasmsdk

package gosdk

// Never built: it keeps the checksums of what the WASM build needs in go.sum (see scripts/wasm-tests.mjs).
import _ "github.com/0chain/gosdk/wasmsdk"
