package gosdk

import (
	"encoding/json"
	"strings"
	"testing"
)

func noError(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func equal[T comparable](t *testing.T, what string, actual, expected T) {
	t.Helper()
	if actual != expected {
		t.Fatalf("%s is %v, expected %v", what, actual, expected)
	}
}

// refused wants gosdk's error to carry the service's status and words.
func refused(t *testing.T, err error, status, words string) {
	t.Helper()
	if err == nil {
		t.Fatalf("was accepted, expected a refusal with %q", words)
	}
	if !strings.Contains(err.Error(), status) || !strings.Contains(err.Error(), words) {
		t.Fatalf("was refused with %q, expected %s and %q", err, status, words)
	}
}

// decoded reads an answer that gosdk hands on as text.
func decoded[T any](t *testing.T, text string, err error) T {
	t.Helper()
	noError(t, err)
	var value T
	if err := json.Unmarshal([]byte(text), &value); err != nil {
		t.Fatalf("the answer %q does not decode: %v", text, err)
	}
	return value
}
