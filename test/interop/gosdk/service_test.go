package gosdk

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"testing"
)

// kms is where a client finds the two services, in one of the two ways that the README offers.
type kms struct {
	zvault string
	zauth  string
}

// onBothAddresses holds a rule on the main port, below /zvault and /zauth, and on the ports of the services' own.
func onBothAddresses(t *testing.T, rule func(t *testing.T, server kms)) {
	t.Helper()
	main := setting(t, "KMS_URL")
	t.Run("on the main port", func(t *testing.T) {
		rule(t, kms{zvault: main + "/zvault", zauth: main + "/zauth"})
	})
	t.Run("on ports of their own", func(t *testing.T) {
		rule(t, kms{zvault: setting(t, "KMS_ZVAULT_URL"), zauth: setting(t, "KMS_ZAUTH_URL")})
	})
}

// setting reads what `npm run test:interop` says about the server that it has started.
func setting(t *testing.T, name string) string {
	t.Helper()
	value := os.Getenv(name)
	if value == "" {
		t.Fatalf("%s is not set: run these tests by `npm run test:interop`", name)
	}
	return value
}

// post does what gosdk has no function for, as the web wallet and the command-line tools do it themselves.
func post(t *testing.T, url, token string, body any) {
	t.Helper()
	text, err := json.Marshal(body)
	noError(t, err)
	request, err := http.NewRequest(http.MethodPost, url, bytes.NewReader(text))
	noError(t, err)
	request.Header.Set("X-Jwt-Token", token)
	response, err := http.DefaultClient.Do(request)
	noError(t, err)
	defer response.Body.Close()
	answer, err := io.ReadAll(response.Body)
	noError(t, err)
	if response.StatusCode != http.StatusOK {
		t.Fatalf("POST %s answered %d: %s", url, response.StatusCode, answer)
	}
}
