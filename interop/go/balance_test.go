package interop

// Client-side load balancing over three servers, one of which is killed.

import (
	"bufio"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/peer"
	"google.golang.org/grpc/resolver"
	"google.golang.org/grpc/resolver/manual"

	pb "transom.example/interop/ecommercepb"
)

// A call that was on its way to the killed server goes to another one.
const serviceConfig = `{
  "loadBalancingConfig": [{"round_robin": {}}],
  "methodConfig": [{
    "name": [{"service": "ecommerce.v1.UserService"}],
    "retryPolicy": {
      "maxAttempts": 3,
      "initialBackoff": "0.05s",
      "maxBackoff": "0.5s",
      "backoffMultiplier": 2,
      "retryableStatusCodes": ["UNAVAILABLE"]
    }
  }]
}`

func startServer(t *testing.T) (*exec.Cmd, string) {
	t.Helper()
	command := strings.Split(environment(t, "ECOMMERCE_SERVER"), "\n")
	server := exec.Command(command[0], append(command[1:], "--addr", "127.0.0.1:0")...)
	output := must(server.StdoutPipe())(t)
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = server.Process.Kill()
		_ = server.Wait()
	})
	line := must(bufio.NewReader(output).ReadString('\n'))(t)
	return server, strings.TrimSpace(strings.TrimPrefix(line, "listening on "))
}

// whoAnswers lists users once and returns the address that answered.
func whoAnswers(t *testing.T, users pb.UserServiceClient) string {
	t.Helper()
	var from peer.Peer
	must(users.ListUsers(within(t, 5), &pb.ListUsersRequest{PageSize: 1}, grpc.Peer(&from)))(t)
	return from.Addr.String()
}

func TestCallsGoOnWhenOneOfThreeServersIsKilled(t *testing.T) {
	var servers []*exec.Cmd
	var addresses []string
	backends := manual.NewBuilderWithScheme("shop")
	state := resolver.State{}
	for range 3 {
		server, address := startServer(t)
		servers = append(servers, server)
		addresses = append(addresses, address)
		state.Addresses = append(state.Addresses, resolver.Address{Addr: address})
	}
	backends.InitialState(state)
	users := pb.NewUserServiceClient(dialTarget(t, "shop:///users",
		grpc.WithResolvers(backends), grpc.WithDefaultServiceConfig(serviceConfig)))

	// Round robin starts with the first connection: call until all three have answered.
	answered := map[string]bool{}
	for giveUp := time.Now().Add(10 * time.Second); len(answered) < 3; {
		if time.Now().After(giveUp) {
			t.Fatalf("only %v of %v answered", answered, addresses)
		}
		answered[whoAnswers(t, users)] = true
	}

	if err := servers[0].Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = servers[0].Wait() // says that it was killed

	clear(answered)
	for range 60 {
		answered[whoAnswers(t, users)] = true // not one call may fail
	}
	survivors := []string{}
	for address := range answered {
		survivors = append(survivors, address)
	}
	slices.Sort(survivors)
	want := slices.Sorted(slices.Values(addresses[1:]))
	if !slices.Equal(survivors, want) {
		t.Errorf("%v answered, want %v", survivors, want)
	}
}
