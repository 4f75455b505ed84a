package gosdk

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"

	"github.com/0chain/gosdk/core/client"
	"github.com/0chain/gosdk/core/conf"
	"github.com/0chain/gosdk/core/transaction"
)

// chain stands for the network that gosdk hands finished transactions to: on loopback, one node that is miner, sharder
// and block worker. It keeps what it is given and confirms it.
type chain struct {
	mutex    sync.Mutex
	received map[string]transaction.Transaction
}

var network struct {
	once   sync.Once
	joined *chain
	err    error
}

// joinChain has gosdk use a chain. There is one for all tests: gosdk remembers the first configuration for ever.
func joinChain(t *testing.T) *chain {
	t.Helper()
	network.once.Do(func() {
		network.joined = &chain{received: map[string]transaction.Transaction{}}
		network.err = client.Init(context.Background(), conf.Config{
			BlockWorker:     network.joined.serve(),
			SignatureScheme: "bls0chain",
			ChainID:         "0afc093ffb509f059c55478bc1a60351cef7b4e9c008a53a6cc8241ca8617dfe",
			MaxTxnQuery:     5,
			QuerySleepTime:  1,
		})
	})
	noError(t, network.err)
	return network.joined
}

// serve gives the address; the node runs until the process ends.
func (c *chain) serve() string {
	routes := http.NewServeMux()
	node := httptest.NewServer(routes)
	routes.HandleFunc("/network", func(answer http.ResponseWriter, _ *http.Request) {
		write(answer, map[string]any{"miners": []string{node.URL}, "sharders": []string{node.URL}})
	})
	routes.HandleFunc("/v1/client/get/balance", func(answer http.ResponseWriter, _ *http.Request) {
		write(answer, map[string]any{"balance": 1, "nonce": 6})
	})
	routes.HandleFunc("/v1/transaction/put", c.put)
	routes.HandleFunc("/v1/transaction/get/confirmation", c.confirm)
	routes.HandleFunc("/", func(http.ResponseWriter, *http.Request) {})
	return node.URL
}

func (c *chain) put(answer http.ResponseWriter, request *http.Request) {
	var given transaction.Transaction
	if err := json.NewDecoder(request.Body).Decode(&given); err != nil {
		http.Error(answer, err.Error(), http.StatusBadRequest)
		return
	}
	c.mutex.Lock()
	defer c.mutex.Unlock()
	c.received[given.Hash] = given
}

func (c *chain) confirm(answer http.ResponseWriter, request *http.Request) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	given, known := c.received[request.URL.Query().Get("hash")]
	if !known {
		http.NotFound(answer, request)
		return
	}
	given.Status = transaction.TxnSuccess
	write(answer, map[string]any{"txn": given})
}

// got is the transaction of this hash, whose signature gosdk verifies as a miner does: over the hash that it computes
// itself, under the client key.
func (c *chain) got(t *testing.T, hash, clientKey string) transaction.Transaction {
	t.Helper()
	c.mutex.Lock()
	defer c.mutex.Unlock()
	given, known := c.received[hash]
	if !known {
		t.Fatalf("the transaction %q did not reach the chain", hash)
	}
	good, err := given.VerifySigWith(clientKey, client.VerifySignatureWith)
	noError(t, err)
	if !good {
		t.Fatalf("gosdk does not accept the signature of %+v", given)
	}
	return given
}

// sentBy is how many transactions of a wallet have reached the chain.
func (c *chain) sentBy(clientID string) int {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	count := 0
	for _, given := range c.received {
		if given.ClientID == clientID {
			count++
		}
	}
	return count
}

func write(answer http.ResponseWriter, value any) {
	_ = json.NewEncoder(answer).Encode(value)
}
