package io.fcrawler.store.redis;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.Deque;
import org.redisson.client.NettyHook;
import org.redisson.client.RedisConnectionException;
import org.redisson.client.handler.CommandsQueue;
import org.redisson.client.protocol.QueueCommandHolder;

/**
 * Ends the calls that wait for an answer by a connection that is over. Redisson has them wait for
 * as long as an answer may take, though none can come: a restart of Redis would stop all crawling
 * for that long.
 */
final class EndedConnections implements NettyHook {
  @Override
  public void afterBoostrapInitialization(Bootstrap bootstrap) {
    // nothing is to be done before there is a connection
  }

  @Override
  public void afterChannelInitialization(Channel channel) {
    channel.pipeline().addFirst(new Handler());
  }

  private static final class Handler extends ChannelInboundHandlerAdapter {
    @Override
    public void channelInactive(ChannelHandlerContext context) {
      Deque<QueueCommandHolder> waiting =
          context.channel().attr(CommandsQueue.COMMANDS_QUEUE).get();
      if (waiting != null) {
        waiting.forEach(holder ->
            holder
                .getCommand()
                .tryFailure(new RedisConnectionException("the connection ended before it")));
      }
      context.fireChannelInactive();
    }
  }
}
