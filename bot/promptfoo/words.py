"""The words of a config that are known: keys, options, types of assertions."""


def words(text: str) -> frozenset[str]:
    return frozenset(text.split())


TYPES = words(
    """agent-rubric answer-relevance bleu classifier contains contains-all contains-any contains-html
    contains-json contains-sql contains-xml context-faithfulness context-recall context-relevance
    conversation-relevance cost equals factuality finish-reason g-eval gleu guardrails icontains
    icontains-all icontains-any is-html is-json is-refusal is-sql is-valid-function-call
    is-valid-openai-function-call is-valid-openai-tools-call is-xml javascript latency levenshtein
    llm-rubric pi meteor model-graded-closedqa model-graded-factuality moderation perplexity
    perplexity-score python regex rouge-n ruby similar similar:cosine similar:dot similar:euclidean
    starts-with tool-call-f1 skill-used trajectory:goal-success trajectory:tool-args-match
    trajectory:step-count trajectory:tool-sequence trajectory:tool-used trace-error-spans
    trace-span-count trace-span-duration search-rubric webhook word-count"""
)
BESIDE = words("select-best human max-score assert-set")  # not in a CSV cell, and never after "not-"
LISTS = words("contains-all contains-any icontains-all icontains-any")
WITH_THRESHOLD = words(
    """answer-relevance classifier context-faithfulness context-recall context-relevance cost latency
    levenshtein perplexity-score perplexity rouge-n similar starts-with"""
)

RUN_VARS = words("_conversation __evalId __evalStepId __repeatIndex")
OUR_PROVIDERS = words("echo openai anthropic http https scripted offline")
ALONE = words("echo http https offline a2a browser llama mcp n8n openclaw opencode openinterpreter sequence")
NO_TEXT = words(  # what else promptfoo has under openai: and anthropic:
    """embedding embeddings image moderation realtime assistant responses completion transcription speech
    video agents chatkit codex codex-sdk codex-security codex-app-server completion claude-agent-sdk
    claude-code"""
)
THEIR_PROVIDERS = words(
    """a2a abliteration adaline agentic ai21 aimlapi alibaba alicloud aliyun atlascloud azure azureopenai bam
    bedrock bedrock-agent browser browser-provider cerebras cloudera cloudflare-ai cloudflare-gateway cohere
    cometapi dashscope databricks deepseek docker elevenlabs envoy exec f5 fal file fireworks github golang
    google groq helicone hf huggingface hyperbolic jfrog lambdalabs litellm llama llamaapi localai mcp meta
    minimax mistral mlflow-gateway modelslab moonshot n8n novita nscale nvidia ollama openclaw opencode
    openinterpreter openrouter orcarouter package palm perplexity portkey promptfoo python quiverai qwak
    replicate ruby sagemaker sequence slack snowflake togetherai transformers transformers.js truefoundry
    vercel vertex voyage watsonx webhook websocket ws wss xai"""
)

CONFIG_KEYS = words(
    """prompts providers targets tests defaultTest scenarios evaluateOptions commandLineOptions
    derivedMetrics description env metadata tags sharing writeLatestResults $schema"""
)
TEST_KEYS = words(
    """description vars provider providers prompts providerOutput assert assertScoringFunction options
    threshold metadata"""
)
TEST_OPTIONS = words(
    """prefix suffix postprocess transform transformVars storeOutputAs rubricPrompt provider factuality
    disableVarExpansion disableConversationVar disableDefaultAsserts runSerially repeat"""
)
RUN_OPTIONS = words(
    """repeat maxConcurrency delay cache timeoutMs filterRange showProgressBar progressBar table
    tableCellMaxLength verbose write share noShare silent interactiveProviders watch output description"""
)
BINARY_FILES = words(
    """pdf jpg jpeg png gif bmp webp svg tif tiff ico avif heic heif mp4 webm ogg mov avi wmv mkv m4v wav
    mp3 m4a aac flac opus"""
)
