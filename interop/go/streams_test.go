package interop

// The three kinds of streams: events of users, rooms, files.

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"testing"

	"github.com/google/uuid"
	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/grpc/codes"

	pb "transom.example/interop/ecommercepb"
)

func TestEventsArriveInOrder(t *testing.T) {
	users := pb.NewUserServiceClient(dial(t, "PLAIN"))
	events := must(users.WatchUsers(within(t, 10), &pb.WatchUsersRequest{}))(t)
	must(events.Header())(t) // from here on the server misses nothing for us
	user := createUser(t, users, "John Doe")
	must(users.UpdateUser(within(t, 5), &pb.UpdateUserRequest{
		User: &pb.User{UserId: user.UserId, Name: "Jane Doe"},
	}))(t)
	must(users.DeleteUser(within(t, 5), &pb.DeleteUserRequest{UserId: user.UserId}))(t)
	for _, want := range []pb.UserEventType{
		pb.UserEventType_USER_EVENT_TYPE_CREATED,
		pb.UserEventType_USER_EVENT_TYPE_UPDATED,
		pb.UserEventType_USER_EVENT_TYPE_DELETED,
	} {
		event := must(events.Recv())(t)
		for event.User.UserId != user.UserId {
			event = must(events.Recv())(t)
		}
		if event.EventType != want {
			t.Errorf("got %v, want %v", event.EventType, want)
		}
	}
}

func TestCancelledStreamEnds(t *testing.T) {
	users := pb.NewUserServiceClient(dial(t, "PLAIN"))
	ctx, cancel := context.WithCancel(context.Background())
	events := must(users.WatchUsers(ctx, &pb.WatchUsersRequest{}))(t)
	must(events.Header())(t)
	cancel()
	_, err := events.Recv()
	wantCode(t, err, codes.Canceled)
}

func TestDeadlineEndsAnEndlessStream(t *testing.T) {
	users := pb.NewUserServiceClient(dial(t, "PLAIN"))
	events := must(users.WatchUsers(within(t, 0.3), &pb.WatchUsersRequest{Filter: "status:suspended"}))(t)
	_, err := events.Recv()
	wantCode(t, err, codes.DeadlineExceeded)
}

// says sends a line to a room, hears expects the next line of any of its rooms.
func says(t *testing.T, member pb.ChatService_ChatClient, room, user, content string) {
	t.Helper()
	if err := member.Send(&pb.ChatMessage{RoomId: room, UserId: user, Content: content}); err != nil {
		t.Fatal(err)
	}
}

func hears(t *testing.T, member pb.ChatService_ChatClient, content string) *pb.ChatMessage {
	t.Helper()
	message := must(member.Recv())(t)
	if message.Content != content {
		t.Fatalf("heard %q, want %q", message.Content, content)
	}
	return message
}

func TestMessageReachesEveryMemberOfItsRoom(t *testing.T) {
	chat := pb.NewChatServiceClient(dial(t, "PLAIN"))
	room := uuid.NewString()
	ada := must(chat.Chat(within(t, 10)))(t)
	bob := must(chat.Chat(within(t, 10)))(t)
	says(t, ada, room, "ada", "hello")
	if message := hears(t, ada, "hello"); message.Timestamp.GetSeconds() == 0 {
		t.Error("the server set no time")
	}
	says(t, bob, room, "bob", "hi")
	hears(t, bob, "hi")
	hears(t, ada, "hi")
	for _, member := range []pb.ChatService_ChatClient{ada, bob} {
		if err := member.CloseSend(); err != nil {
			t.Fatal(err)
		}
		if message, err := member.Recv(); !errors.Is(err, io.EOF) {
			t.Errorf("got %v, %v after the half close", message, err)
		}
	}
}

func TestMessageWithoutARoomIsRefused(t *testing.T) {
	chat := pb.NewChatServiceClient(dial(t, "PLAIN"))
	member := must(chat.Chat(within(t, 5)))(t)
	says(t, member, "", "ada", "hello")
	_, err := member.Recv()
	violations := refused[*errdetails.BadRequest](t, err, codes.InvalidArgument).FieldViolations
	if len(violations) != 1 || violations[0].Field != "room_id" {
		t.Errorf("got %v", violations)
	}
}

func sha(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// upload sends content in pieces of 50 000 bytes.
func upload(t *testing.T, files pb.FileServiceClient, content []byte) (*pb.UploadResponse, error) {
	stream := must(files.UploadFile(within(t, 10)))(t)
	for index := int32(0); ; index++ {
		piece := content[:min(len(content), 50_000)]
		content = content[len(piece):]
		last := len(content) == 0
		err := stream.Send(&pb.FileChunk{Data: piece, ChunkIndex: index, IsLastChunk: last, Checksum: sha(piece)})
		if last || err != nil {
			return stream.CloseAndRecv()
		}
	}
}

func download(t *testing.T, files pb.FileServiceClient, request *pb.DownloadRequest) []byte {
	t.Helper()
	stream := must(files.DownloadFile(within(t, 10), request))(t)
	var content []byte
	for {
		chunk, err := stream.Recv()
		if errors.Is(err, io.EOF) {
			return content
		}
		if err != nil {
			t.Fatal(err)
		}
		if chunk.Checksum != sha(chunk.Data) {
			t.Errorf("chunk %d has a wrong checksum", chunk.ChunkIndex)
		}
		content = append(content, chunk.Data...)
	}
}

func TestWhatGoesUpComesDown(t *testing.T) {
	files := pb.NewFileServiceClient(dial(t, "PLAIN"))
	content := make([]byte, 200_001)
	must(rand.Read(content))(t)
	uploaded := must(upload(t, files, content))(t)
	if uploaded.FileSize != int64(len(content)) || uploaded.Checksum != sha(content) {
		t.Errorf("uploaded %v", uploaded)
	}
	if !bytes.Equal(download(t, files, &pb.DownloadRequest{FileId: uploaded.FileId}), content) {
		t.Error("the download differs")
	}
	part := download(t, files, &pb.DownloadRequest{FileId: uploaded.FileId, Offset: 10, Limit: 100_000})
	if !bytes.Equal(part, content[10:100_010]) {
		t.Error("the part differs")
	}
}

func TestWrongChecksumIsRefused(t *testing.T) {
	files := pb.NewFileServiceClient(dial(t, "PLAIN"))
	stream := must(files.UploadFile(within(t, 5)))(t)
	// What a failed Send means, CloseAndRecv tells.
	_ = stream.Send(&pb.FileChunk{Data: []byte("a"), IsLastChunk: true, Checksum: sha([]byte("b"))})
	_, err := stream.CloseAndRecv()
	violations := refused[*errdetails.BadRequest](t, err, codes.InvalidArgument).FieldViolations
	if len(violations) != 1 || violations[0].Field != "checksum" {
		t.Errorf("got %v", violations)
	}
}

func TestOversizeMessageIsRefused(t *testing.T) {
	files := pb.NewFileServiceClient(dial(t, "PLAIN"))
	stream := must(files.UploadFile(within(t, 10)))(t)
	_ = stream.Send(&pb.FileChunk{Data: make([]byte, 5<<20), IsLastChunk: true})
	_, err := stream.CloseAndRecv()
	wantCode(t, err, codes.ResourceExhausted)
}
