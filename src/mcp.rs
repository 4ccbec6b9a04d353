//! A language model's program on standard input and output → tools that let it check its own draft, by the Model Context
//! Protocol.
//!
//! The tools are given text and give the JSON of the command line. They read no files: what a model may read is for the
//! program that it works in to say.

mod arguments;
mod tools;

use std::sync::Arc;

use rmcp::handler::server::ServerHandler;
use rmcp::model::{
    CallToolRequestMethod, CallToolRequestParams, CallToolResponse, CallToolResult, ContentBlock, Implementation, ListToolsResult, PaginatedRequestParams,
    ServerCapabilities, ServerConfig, Tool,
};
use rmcp::service::{RequestContext, RoleServer, serve_server};
use rmcp::{ErrorData, transport};
use serde_json::Value;

use crate::lint::Linter;

/// Why the conversation could not be had.
#[derive(Debug, thiserror::Error)]
pub enum McpError {
    /// No threads.
    #[error("the server cannot start ({0})")]
    Runtime(std::io::Error),
    /// What came in was not the protocol.
    #[error("this is spoken to by a program in the Model Context Protocol, and that could not be begun ({0}); docs/mcp.md shows how it is set up")]
    NotBegun(String),
    /// It broke off.
    #[error("the conversation broke off ({0})")]
    BrokeOff(String),
}

const INSTRUCTIONS: &str = "Checks job adverts, job descriptions and person specifications for wording that turns people away. \
    After drafting or changing one, call `check` with the whole text, rewrite what it finds, and check again; `criteria` tells for each requirement \
    whether the job needs it; `explain` gives a rule's reason and sources. A finding is a judgement to weigh, not an order; findings of severity `error` \
    are likely unlawful in the jurisdiction chosen.";

/// Speaks with the program that started this one until its input ends.
///
/// # Errors
/// Where the conversation cannot be begun, or breaks off.
pub fn serve(linter: Linter) -> Result<(), McpError> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().map_err(McpError::Runtime)?;
    let done = runtime.block_on(async {
        let tools = Tools { linter: Arc::new(linter) };
        let serving = match serve_server(tools, transport::stdio()).await {
            Ok(serving) => serving,
            // Whoever started it went away before it said a word.
            Err(rmcp::service::ServerInitializeError::ConnectionClosed(_)) => return Ok(()),
            Err(error) => return Err(McpError::NotBegun(error.to_string())),
        };
        serving.waiting().await.map(drop).map_err(|error| McpError::BrokeOff(error.to_string()))
    });
    // A read of the standard input cannot be called off.
    runtime.shutdown_background();
    done
}

/// The tools, and what they work with.
struct Tools {
    linter: Arc<Linter>,
}

impl ServerHandler for Tools {
    fn get_info(&self) -> ServerConfig {
        let capabilities = ServerCapabilities::builder().enable_tools().build();
        ServerConfig::new(capabilities).with_server_info(Implementation::new("jdlint", env!("CARGO_PKG_VERSION"))).with_instructions(INSTRUCTIONS)
    }

    fn get_tool(&self, name: &str) -> Option<Tool> {
        tools::all().into_iter().find(|tool| tool.name == name)
    }

    async fn list_tools(&self, _: Option<PaginatedRequestParams>, _: RequestContext<RoleServer>) -> Result<ListToolsResult, ErrorData> {
        Ok(ListToolsResult::with_all_items(tools::all()))
    }

    async fn call_tool(&self, request: CallToolRequestParams, _: RequestContext<RoleServer>) -> Result<CallToolResponse, ErrorData> {
        let Some(tool) = tools::of_name(&request.name) else { return Err(ErrorData::method_not_found::<CallToolRequestMethod>()) };
        let arguments = Value::Object(request.arguments.unwrap_or_default());
        let linter = Arc::clone(&self.linter);
        let done = tokio::task::spawn_blocking(move || tool(arguments, &linter)).await;
        let done = done.unwrap_or_else(|_| Err("jdlint broke on this text; the mistake is ours, please report it".to_owned()));
        Ok(match done {
            Ok(json) => CallToolResult::structured(json),
            Err(message) => CallToolResult::error(vec![ContentBlock::text(message)]),
        }
        .into())
    }
}
